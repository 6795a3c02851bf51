import Foundation
import GroundSegment
import Testing
import Workflows

@testable import Execution

/// The real program, phase by phase.
@Suite(.timeLimit(.minutes(12))) struct SubmissionPhasesTests {
    private let site: OperatedSite
    private let graph: String
    private let folder: String

    init() throws {
        site = try OperatedSite()
        let document = """
            {"format": "sgs-graph/2", "name": "wide",
             "inputs": [{"name": "elements", "content_type": "listfile"}],
             "executables": [{"name": "one", "command": "/bin/sh",
              "arguments": ["-c", "echo done >> \(site.journal)", "one"],
              "inputs": [{"name": "element"}],
              "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}],
             "nodes": [{"id": "each", "kind": "parallel", "over": "element",
              "in": {"element": {"input": "elements"}},
              "body": {"nodes": [{"id": "one", "kind": "exec", "executable": "one",
               "in": {"element": {"input": "element"}}}]}}]}
            """
        graph = try site.site.folder.write(document, to: "wide.json")
        folder = "\(site.site.folder.path)/phases"
    }

    private func submit(_ arguments: String...) async throws -> Answer {
        try await Answer(
            ["submit"] + arguments
                + [
                    "--sdc", "SDC-FR", "--state", site.site.state, "--storage",
                    site.site.storageRoot,
                ])
    }

    private func acquired() async throws -> Answer {
        let files = try (0..<4).map { try site.site.folder.write("", to: "in/\($0)") }
        return try await Answer(
            [
                "submit", graph, "--stop-after", "prepare", "--folder", folder, "--cluster", "3",
                "--sdc", "SDC-FR", "--state", site.site.state, "--storage", site.site.storageRoot,
            ] + files.flatMap { ["--input", "elements=\($0)"] })
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    private func edit(_ name: String, _ old: String, _ new: String) throws {
        let text = try text(name)
        #expect(text.contains(old), "\(text)")
        try text.replacing(old, with: new).write(
            toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }

    @Test("each phase leaves a file, and what is changed in one is what runs")
    func files() async throws {
        let answer = try await acquired()
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.lines.last?.hasSuffix("4                   2") == true, "\(answer.text)")
        let read = try GraphReader.read(Data(try text("acquire.json").utf8), file: "acquire")
        let own = try GraphReader.read(
            try Data(contentsOf: URL(fileURLWithPath: graph)), file: "wide")
        #expect(read == own)
        let transformed = try GraphReader.read(
            Data(try text("transform.json").utf8), file: "transform")
        #expect(
            transformed
                == own.clustered(
                    GraphClusters(own, standard: ClusterTerms(size: 3, walltime: 3600))))
        #expect(try text("transform.json").contains(#""losses" : 20"#))
        try edit("cluster.json", #""size" : 3"#, #""size" : 2"#)
        let again = try await submit("--from", "cluster", folder, "--stop-after", "prepare")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try text("transform.json").contains(#""size" : 2"#))
        try edit("transform.json", #""attempts" : 3"#, #""attempts" : 5"#)
        #expect(try await submit("--from", "transform", folder).status == 0)
        try await site.site.serve(site.sdc)
        #expect(site.said.count == 4)
        let run = try await Answer(site.site, "job", "show", "1/each.iterations.0.one", "--json")
        #expect((run.object["tags"] as? [String: String])?["cluster"]?.hasSuffix("1/2") == true)
    }

    @Test("without a folder the phase's result is printed")
    func printed() async throws {
        let answer = try await submit(graph, "--stop-after", "acquire", "--input", "elements=/x")
        #expect(try GraphReader.read(Data(answer.text.utf8), file: "wide").name == "wide")
        let clusters = try await submit(graph, "--stop-after", "cluster", "--input", "elements=/x")
        #expect(clusters.object["format"] as? String == "sgs-clusters/1")
        #expect(
            (clusters.object["nodes"] as? [[String: Any]])?.map { $0["node"] as? String }
                == ["each.one"])
        #expect(!FileManager.default.fileExists(atPath: folder))
        #expect(try await submit(graph, "--stop-after", "transform", "--wait").status == 64)
        await #expect(
            try submit("--from", "transform", folder, "--stop-after", "acquire").status == 64)
    }

    @Test("a phase's file that is damaged, or does not fit, is refused")
    func refused() async throws {
        #expect(try await submit("--from", "acquire", folder).status == 65)
        _ = try await acquired()
        try edit("prepare.json", #""payloads" : 4"#, #""payloads" : 5"#)
        var answer = try await submit("--from", "prepare", folder)
        #expect(answer.status == 65)
        #expect(answer.errors.contains("prepare.json: found other payloads than transform.json"))
        try edit("transform.json", #""executable" : "one""#, #""executable" : "two""#)
        answer = try await submit("--from", "transform", folder)
        #expect(answer.status == 65)
        #expect(answer.errors.contains("transform.json:"), "\(answer.errors)")
        try edit("cluster.json", "each.one", "each.two")
        answer = try await submit("--from", "cluster", folder)
        #expect(answer.status == 65)
        #expect(
            answer.errors.contains(
                "cluster.json:6:16: nodes[0].node: found \"each.two\", "
                    + "expected a node of one payload of wide"), "\(answer.errors)")
        try edit("acquire.json", "{", "")
        #expect(try await submit("--from", "acquire", folder).status == 65)
        try FileManager.default.removeItem(atPath: "\(folder)/submission.json")
        #expect(try await submit("--from", "acquire", folder).status == 65)
    }
}
