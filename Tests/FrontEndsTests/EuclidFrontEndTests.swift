import Foundation
import Documents
import Testing
import Workflows

@testable import FrontEnds

/// The graphs of the public scripts, and every feature by a script of its own.
@Suite struct EuclidFrontEndTests {
    static let graphs = [
        "ial_single_step", "ial_spe_test_pipeline", "ial_vis_parallel_split", "ial_vis_pipeline",
        "ial_vis_two_steps_nested", "she_analysis", "she_analysis_after_remap",
        "she_analysis_with_tu_match", "she_bias_measurement", "she_controlled_bias_measurement",
        "she_meta_bias_measurement", "she_shear_analysis",
    ]

    @Test("a script gives the graph that its public counterpart gives", arguments: graphs)
    func publicGraph(name: String) throws {
        let folder = Samples.path("euclid/\(name)")
        let draft = try JSONDecoder().decode(
            DraftGraph.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/graph.json")))
        let graph = try EuclidFrontEnd().graph(of: "\(folder)/\(name).py")
        #expect(graph.name == draft.pipeline.name)
        #expect(graph.inputs.map(\.name) == draft.pipeline.inputs)
        #expect(graph.outputs.map(\.name) == draft.pipeline.names)
        compare(graph.body, draft.pipeline)
        let expected = Dictionary(draft.executables.map { ($0.name, $0) }) { first, _ in first }
        var seen: Set<String> = []
        for executable in executables(graph.body) {
            let draft = try #require(expected[executable.name], "\(executable.name)")
            seen.insert(executable.name)
            let words = [executable.command] + executable.arguments
            #expect(words.joined(separator: " ") == draft.command)
            #expect(executable.outputs.map(\.name) == draft.outputs.map(\.name))
            #expect(executable.outputs.map(\.mime) == draft.outputs.map(\.mime))
            // A task that starts others asks for nothing there; here it gets the least.
            let asked = draft.resources
            #expect(executable.resources.cores == max(1, asked.cores))
            #expect(executable.resources.memory == max(1, Int((asked.memory * 1024).rounded(.up))))
            #expect(executable.resources.walltime == max(1, (asked.walltime * 3600).rounded()))
        }
        #expect(seen == Set(expected.keys))
    }

    private func executables(_ body: GraphBody) -> [Executable] {
        body.nodes.flatMap { node -> [Executable] in
            switch node.kind {
            case .exec(let executable): [executable]
            case .nested(let inner), .parallel(let inner, _): executables(inner)
            case .group: []
            }
        }
    }

    private func compare(_ body: GraphBody, _ draft: DraftGraph.Body) {
        #expect(Set(body.nodes.map(\.id)) == Set(draft.nodes.map(\.id)))
        let nodes = Dictionary(body.nodes.map { ($0.id, $0) }) { first, _ in first }
        let holders = Dictionary(draft.nodes.map { ($0.id, $0) }) { first, _ in first }
        for expected in draft.nodes {
            guard let node = nodes[expected.id] else { continue }
            let known = expected.sources.filter { !(expected.unknown ?? []).contains($0.key) }
            #expect(Set(node.sources.keys) == Set(known.keys), "\(expected.id)")
            for (port, source) in known {
                #expect(
                    node.sources[port] == self.source(source, holders), "\(expected.id).\(port)")
            }
            switch node.kind {
            case .exec(let executable): #expect(executable.name == expected.executable)
            case .parallel(let inner, let over):
                #expect(over == expected.iterable)
                if let body = expected.body { compare(inner, body) }
            case .nested(let inner):
                #expect(expected.kind == "nested")
                if let body = expected.body { compare(inner, body) }
            case .group: Issue.record("a group")
            }
        }
        let made = body.outputs.map { PortSource.port(node: $0.node, port: $0.port) }
        #expect(made == draft.outputs.map { self.source($0, holders) })
    }

    /// What a draft's source is here: outputs of nodes that hold others have names.
    private func source(
        _ source: DraftGraph.Source, _ holders: [String: DraftGraph.Node]
    ) -> PortSource? {
        if let input = source.input { return .input(input) }
        guard let node = source.node, var port = source.port else { return nil }
        let outputs = holders[node]?.body?.outputs ?? []
        if port.hasPrefix("out["), let place = Int(port.dropFirst(4).dropLast()) {
            // Outputs of one name are told apart by a number.
            let name = outputs[place].port ?? ""
            let earlier = outputs[..<place].count { $0.port == name }
            port = earlier == 0 ? name : "\(name)_\(earlier + 1)"
        } else if port == "tuplelist", outputs.count == 1 {
            port = outputs[0].port ?? ""
        }
        return .port(node: node, port: port)
    }

    @Test func `an undeclared port is told with the script's line, and a missing one too`() throws {
        let error = try faults(
            """
            @pipeline(outputs=('a', 'b'))
            def main(image, dark):
                a, b = correct(image=image, dark=dark, illum_model=dark)
                c, d = correct(image=image)
                return a, b
            """)
        #expect(
            error.map(\.description) == [
                "main.py:6: found port illum_model of correct, which it does not declare, "
                    + "expected one of image, dark",
                "main.py:7: found no value for port dark of correct, expected one for each port",
            ])
    }

    @Test func `resources of the additions of 2022 are read`() throws {
        let graph = try graph(
            """
            @pipeline(outputs=('b',))
            def main(image):
                size, = measure(image=image)
                return heavy(image=image, size=size)
            """,
            package: """
                measure = Executable(command="measure", inputs=[Input("image")],
                    outputs=[Output("size", mime_type="json")])
                heavy = Executable(command="E-Run P 1.2 heavy",
                    inputs=[Input("image"), Input("size")], outputs=[Output("out")],
                    resources=ComputingResources(cores=4, ram=2.5, walltime=0.5, vms=20,
                                                 tmpdir=3, gpus=1, dynamic="size"))
                """)
        let heavy = try #require(graph.body.nodes.first { $0.id == "heavy" })
        #expect(
            heavy.executable?.resources
                == Resources(
                    cores: 4, memory: 2560, virtualMemory: 20480, walltime: 1800, temporary: 3072,
                    gpus: 1))
        #expect(heavy.resourcesFrom == .port(node: "measure", port: "size"))
        #expect(heavy.executable?.command == "E-Run")
        #expect(heavy.executable?.arguments == ["P", "1.2", "heavy"])
    }

    @Test func `a parallel function's outputs are lists one by one, or tuples together`() throws {
        let graph = try graph(
            """
            @parallel(iterable='image')
            def each(image, dark):
                a, b = correct(image=image, dark=dark)
                return a, b

            @pipeline(outputs=('one', 'two'))
            def main(images, dark):
                a, b = each(image=images, dark=dark)
                both = each(image=images, dark=dark)
                return combine(inputlist=b), combine(inputlist=both)
            """)
        #expect(graph.inputs.map(\.content) == [.listfile, .file])
        let nodes = Dictionary(graph.body.nodes.map { ($0.id, $0) }) { first, _ in first }
        #expect(nodes["combine"]?.sources["inputlist"] == .port(node: "each", port: "map"))
        #expect(
            nodes["combine_2"]?.sources["inputlist"] == .port(node: "each_2", port: "tuplelist"))
    }

    @Test func `plain functions are part of their caller, and pipelines of a pipeline are nested`()
        throws
    {
        let graph = try graph(
            """
            def twice(image, dark):
                a, b = correct(image=image, dark=dark)
                c, d = correct(image=a, dark=dark)
                return c, d

            @pipeline(outputs=('flat', 'darks'))
            def first(image, dark):
                return twice(image, dark)

            @pipeline(outputs=('end',))
            def main(image, dark, mask=None):
                flat, darks = first(image=image, dark=dark)
                c, d = correct(image=flat, dark=darks)
                return c
            """)
        #expect(graph.inputs.map(\.name) == ["image", "dark"])
        #expect(graph.body.nodes.map(\.id) == ["first", "correct"])
        guard case .nested(let body) = graph.body.nodes[0].kind else {
            Issue.record("first is no nested node")
            return
        }
        #expect(body.nodes.map(\.id) == ["correct", "correct_2"])
        #expect(body.outputs.map(\.name) == ["flat", "darks"])
    }

    @Test(
        "what a description needs not is refused with its line",
        arguments: [
            ("import numpyy", 4, "No module named 'numpyy'"),
            ("open('/tmp/never', 'w')", 4, "the script opens /tmp/never for writing"),
            ("import os\nos.system('true')", 5, "the script starts a program"),
            ("import socket\nsocket.socket()", 5, "the script opens a connection"),
            ("print('hello')", 4, "the script prints to standard output"),
            (
                "print 'hello'", 4,
                "Missing parentheses in call to 'print'. Did you mean print(...)?"
            ),
            ("while True: pass", 4, "the script has not ended in time"),
            (
                "@pipeline(outputs=('a',))\ndef main(image):\n    for i in range(100000):\n"
                    + "        combine(inputlist=image)\n    return image", 7,
                "more than 20000 calls"
            ),
            (
                "@nested()\ndef again(image):\n    return again(image=image)\n"
                    + "@pipeline(outputs=('a',))\ndef main(image):\n    return again(image=image)",
                6, "again calls itself"
            ),
            ("pass", 0, "no function with @pipeline"),
        ])
    func refused(script: String, line: Int, found: String) throws {
        // On a busy machine what ends by itself may take longer than what never does is given.
        let isEndless = found.hasSuffix("has not ended in time")
        let told = try faults(script, patience: isEndless ? 2 : 60)
        #expect(told.map(\.found) == [found])
        #expect(told.first?.file == "main.py")
        #expect(told.first?.place == (line > 0 ? .line(line) : nil))
        #expect(!FileManager.default.fileExists(atPath: "/tmp/never"))
    }

    @Test func `the sample pipeline as a script gives the nodes of its document`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../contrib/pipelines").standardizedFileURL.path
        let script = try EuclidFrontEnd().graph(of: "\(folder)/euclid/observation.py")
        let document = try GraphDocumentFrontEnd().graph(of: "\(folder)/observation.json")
        #expect(script.name == document.name)
        #expect(script.outputs == document.outputs)
        #expect(script.body.nodes.map(\.id).sorted() == document.body.nodes.map(\.id).sorted())
        for node in script.body.nodes {
            let other = document.body.nodes.first { $0.id == node.id }
            #expect(node.executable == other?.executable)
            #expect(node.sources == other?.sources)
        }
    }

    @Test func `a folder's tasks and pipelines are its catalogue`() throws {
        let folder = Samples.path("euclid/ial_vis_parallel_split")
        let catalogue = try EuclidFrontEnd().catalogue(of: folder)
        #expect(
            catalogue.tasks.map(\.name) == [
                "vis_combine_quadrants", "vis_correct_dark", "vis_correct_flat",
                "vis_split_quadrants",
            ])
        #expect(catalogue.tasks[0].inputs.map(\.content) == ["listfile"])
        #expect(catalogue.pipelines.map(\.name) == ["vis_two_steps_nested"])
        #expect(
            catalogue.pipelines[0].inputs
                == ["exposures", "master_dark", "master_flat", "control_params"])
    }

    // MARK: - Scripts of a test

    private static let package = """
        correct = Executable(command="correct", inputs=[Input("image"), Input("dark")],
            outputs=[Output("frame"), Output("map", lineage=["image"])])
        combine = Executable(command="combine",
            inputs=[Input("inputlist", content_type=TYPE_LISTFILE)], outputs=[Output("out")])
        """

    private func made(
        _ script: String, _ package: String, patience: Int = 20
    ) throws -> Result<Graph, WorkflowError> {
        let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        chmod(folder, 0o755)
        let names = package.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^(\w+) = Executable/).map { String($0.1) }
        }
        let head = """
            from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
            from tasks import \(names.joined(separator: ", "))


            """
        let tasks = """
            from euclidwf.framework.taskdefs import (
                TYPE_LISTFILE, ComputingResources, Executable, Input, Output)

            """
        try (head + script).write(toFile: "\(folder)/main.py", atomically: true, encoding: .utf8)
        try (tasks + package).write(toFile: "\(folder)/tasks.py", atomically: true, encoding: .utf8)
        do throws(WorkflowError) {
            return .success(try EuclidFrontEnd(patience: patience).graph(of: "\(folder)/main.py"))
        } catch {
            return .failure(error)
        }
    }

    private func graph(_ script: String, package: String = package) throws -> Graph {
        try made(script, package).get()
    }

    private func faults(_ script: String, patience: Int = 20) throws -> [Diagnostic] {
        guard case .failure(let error) = try made(script, Self.package, patience: patience) else {
            Issue.record("there is no fault")
            return []
        }
        #expect(error.code == .badScript)
        return error.diagnostics.map {
            Diagnostic(
                file: ($0.file as NSString).lastPathComponent, place: $0.place, field: $0.field,
                found: $0.found, expected: $0.expected)
        }
    }
}
