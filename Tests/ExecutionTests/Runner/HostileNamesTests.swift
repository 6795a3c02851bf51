import enum Files.FileName
import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite(.timeLimit(.minutes(12))) struct HostileNamesTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
    }

    /// Files outside the folders where this SDC's and the secondary's own files are.
    private func strangers() -> [String] {
        let own = [
            "storage/SDC-FR", "storage/SDC-IT", "state/SDC-FR", "orders/", "pipelines/",
        ]
        let names = FileManager.default.enumerator(atPath: site.folder.path)?.allObjects ?? []
        return names.compactMap { $0 as? String }.filter { name in
            !own.contains { name.hasPrefix($0) || $0.hasPrefix(name) }
        }
    }

    @Test(
        "an output's suffix that is no suffix is refused before anything runs",
        arguments: ["../../SDC-DE/x", "a/b", "..", "a.b", "a\\u0000b", ""])
    func suffix(text: String) throws {
        try site.folder.write(
            """
            {"format": "sgs-graph/1", "pipeline": {"name": "p", "nodes": [
               {"id": "s", "kind": "exec", "executable": "s", "in": {}}],
             "outputs": [{"name": "result", "node": "s", "port": "out"}]},
             "executables": [{"name": "s", "command": "/bin/true",
               "outputs": [{"name": "out", "mime_type": "\(text)"}],
               "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}]}
            """, to: "pipelines/p.json")
        let error = try #require(throws: ExecutionError.self) {
            _ = try PipelineLibrary(folder: site.pipelines, searchPath: [])
        }
        #expect(error.code == .badPipeline)
        #expect(!error.diagnostics.isEmpty)
    }

    @Test(
        "a pipeline, a node, a port or an output of a name that is a path is refused",
        arguments: ["pipeline", "node", "port", "output"])
    func names(place: String) throws {
        func name(_ which: String) -> String { which == place ? "../x" : which }
        try site.folder.write(
            """
            {"format": "sgs-graph/1", "pipeline": {"name": "\(name("pipeline"))", "nodes": [
               {"id": "\(name("node"))", "kind": "exec", "executable": "s", "in": {}}],
             "outputs": [{"name": "\(name("output"))", "node": "\(name("node"))",
               "port": "\(name("port"))"}]},
             "executables": [{"name": "s", "command": "/bin/true",
               "outputs": [{"name": "\(name("port"))", "mime_type": "fits"}],
               "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}]}
            """, to: "pipelines/p.json")
        let error = try #require(throws: ExecutionError.self) {
            _ = try PipelineLibrary(folder: site.pipelines, searchPath: [])
        }
        #expect(error.code == .badPipeline)
    }

    @Test(
        "an order whose names are paths stays in the folders of its SDC",
        arguments: ["../../../x", "..", "/etc/passwd", "a/../../b"])
    func orders(name: String) async throws {
        try site.addPipeline("observation", steps: [("s", "echo > $out", 1)])
        let order = ProcessingOrder(
            id: ID(name), survey: ID(name), item: .observation(ID(name)), pipeline: "observation",
            softwareRelease: name, sdc: "SDC-FR", replicaAt: "SDC-IT", inputs: [],
            release: MJD(50), priority: 0)
        try site.place(order)
        #expect(try await site.serve("SDC-FR").completed == 1)
        #expect(try site.report(order)?.event == .complete)
        #expect(strangers() == [])
    }

    @Test("an order with a zero byte in a name is sent back with its field")
    func zeroByte() async throws {
        try site.addPipeline("observation", steps: [("s", "echo > $out", 1)])
        let order = site.order("a\u{0}b")
        try site.place(order)
        #expect(try await site.serve("SDC-FR").failed == 1)
        let report = try #require(try site.report(order))
        #expect(report.event == .fail)
        #expect(report.message.contains("id: found a zero byte in \"order-a\u{FFFD}b\""))
    }

    @Test("an unknown pipeline of any name is only named")
    func unknownPipeline() async throws {
        try site.addPipeline("observation", steps: [("s", "echo > $out", 1)])
        let order = site.order("1", pipeline: "../\u{1B}[31m")
        try site.place(order)
        try await site.serve("SDC-FR")
        #expect(
            try site.report(order)?.message
                == "pipeline \"../\u{FFFD}[31m\" is unknown here; known are observation")
    }

    @Test(
        "a product of a hostile name is looked for in its survey's folder only",
        arguments: [
            "../../SDC-DE/s/observation/1/raw.fits", "/etc/passwd", "observation/../../x", "",
            "observation//raw.fits", ".", "a b", "$(x)", "observation/1/.runner.lock",
        ])
    func products(name: String) {
        let file = Storage.file(of: name, survey: "s")
        #expect(!Storage.isProductName(name))
        #expect(file == "s/" + FileName.encoded(name))
        #expect(file.split(separator: "/").count == 2)
        #expect(Storage.outputName(ofProduct: name).contains("/") == false)
    }

    @Test(
        "a product's own name stays as it is",
        arguments: ["50294/A", "-5", ".", "съёмка", String(repeating: "x", count: 1000)])
    func ownNames(item: String) {
        let name = Storage.productName(item: .tile(ID(item)), output: "mosaic", mime: "fits")
        #expect(Storage.isProductName(name))
        #expect(Storage.file(of: name, survey: "s") == "s/\(name)")
    }

    @Test("a list with an element that no path can be is refused with its place")
    func elements() throws {
        let list = try site.folder.write(#"["a", "b\u0000c"]"#, to: "list.json")
        let error = try #require(throws: ExecutionError.self) {
            _ = try RunnerState.elements(ofList: list)
        }
        #expect(
            error.message
                == "\(list): element 1: found \"b\u{FFFD}c\", expected 1 to 4095 bytes, none of them zero"
        )
    }
}
