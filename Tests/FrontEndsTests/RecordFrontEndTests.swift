import Documents
import Foundation
import Testing
import Workflows

@testable import FrontEnds

@Suite struct RecordFrontEndTests {
    private let record = """
        {"name": "chain", "schemaVersion": "1.5", "workflow": {
         "specification": {"tasks": [{"id": "a#1", "name": "first", "parents": [], "children": ["b"]},
           {"id": "b", "name": "second", "parents": ["a#1"], "children": []}]},
         "execution": {"makespanInSeconds": 3, "executedAt": "2026-01-01T00:00:00Z", "tasks": [
           {"id": "a#1", "runtimeInSeconds": 2, "coreCount": 2, "avgCPU": 150.0,
            "command": {"program": "one", "arguments": ["-x"]}},
           {"id": "b", "runtimeInSeconds": 1}]}}}
        """

    private func graph(
        _ text: String, _ name: String = "x.json", replay: ReplayTerms = ReplayTerms()
    )
        throws -> Graph
    {
        let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        return try PipelineFile("\(folder)/\(name)", replay: replay).graph()
    }

    @Test func `a record is known by what it has, and replayed`() throws {
        let graph = try graph(record, replay: ReplayTerms(seconds: 0.5))
        #expect(graph.name == "chain")
        #expect(graph.body.nodes.map(\.id) == ["a_1", "b"])
        #expect(graph.body.nodes.map(\.after) == [[], ["a_1"]])
        let executable = try #require(graph.body.nodes[0].executable)
        #expect(executable.name == "one")
        #expect(executable.resources.cores == 2)
        #expect(executable.arguments.prefix(2) == ["--seconds=1", "--cores=1.5"])
        #expect(ReplayedTask(executable)?.task == "a#1")
    }

    @Test func `a graph's document of the same suffix stays one`() throws {
        let graph = try graph(
            #"{"format": "sgs-graph/2", "name": "g", "executables": [{"name": "x"}], "#
                + #""nodes": [{"id": "a", "kind": "exec", "executable": "x"}]}"#)
        #expect(graph.name == "g")
    }

    @Test(
        "a faulty record is refused as one",
        arguments: [
            (#""1.5""#, #""1.4""#, "schemaVersion: found \"1.4\", expected \"1.5\""),
            (#"["a#1"]"#, "[]", "found a child \"b\", expected one that has this task"),
        ])
    func faulty(old: String, new: String, found: String) throws {
        let error = #expect(throws: WorkflowError.self) {
            try graph(record.replacing(old, with: new))
        }
        #expect(error?.code == .badRecord)
        #expect(error?.diagnostics.count == 1)
        #expect(
            error?.diagnostics.first?.description.contains(found) == true,
            "\(error?.diagnostics ?? [])")
    }
}
