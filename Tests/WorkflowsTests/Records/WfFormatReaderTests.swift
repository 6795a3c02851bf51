import Foundation
import Testing

@testable import Workflows

@Suite struct WfFormatReaderTests {
    private func montage(_ size: String) throws -> RecordedWorkflow {
        let file = "montage-chameleon-2mass-\(size)-001.json"
        return try WfFormatReader.read(Sample.data("wfinstances/\(file)"), file: file)
    }

    /// Counts and sums of the records, counted by another program.
    @Test(
        arguments: [
            ("005d", 58, 114, 221.726, 111, 218_728_217, 21.385),
            ("01d", 103, 231, 362.633, 183, 438_976_092, 21.122),
            ("025d", 619, 1641, 1321.9, 906, 1_670_190_510, 25.655),
        ])
    func `a recorded run is read whole`(
        size: String, tasks: Int, edges: Int, seconds: Double, files: Int, bytes: Int,
        path: Double
    ) throws {
        let workflow = try montage(size)
        #expect(workflow.tasks.count == tasks)
        #expect(workflow.tasks.reduce(0) { $0 + $1.parents.count } == edges)
        #expect(abs(workflow.tasks.reduce(0) { $0 + $1.runtime } - seconds) < 1e-6)
        #expect(workflow.files.count == files)
        #expect(workflow.files.values.reduce(0, +) == bytes)
        #expect(abs((workflow.ranks.values.max() ?? 0) - path) < 1e-6)
    }

    @Test func `a task has its program, run time, memory and files`() throws {
        let task = try #require(montage("005d").tasks.first { $0.id == "mProject_ID0000001" })
        #expect(task.program == "mProject")
        #expect(task.runtime == 16.712)
        #expect(task.cores == 1)
        #expect(task.memory == 14_800_000)
        #expect(task.parents == [])
        #expect(task.children.count == 4)
        #expect(task.inputs.count == 2)
    }

    @Test func `its graph sleeps the scaled times in the same order`() throws {
        let workflow = try montage("005d")
        let graph = workflow.graph(secondsScale: 0.1)
        #expect(graph.body.nodes.map(\.id) == workflow.tasks.map(\.id))
        #expect(graph.body.nodes.map(\.after) == workflow.tasks.map(\.parents))
        let node = try #require(
            graph.body.place(of: "mProject_ID0000001").map { graph.body.nodes[$0] })
        #expect(node.executable?.name == "mProject")
        #expect(node.executable?.command == "/bin/sh")
        #expect(node.executable?.arguments == ["-c", "exec sleep 1.6712"])
        #expect(node.executable?.resources.memory == 15)
        #expect(graph.body.nodes.map(\.policy.priority).max() == 1_000_000)
        #expect(try Graph(document: graph.document, file: "montage") == graph)
    }

    @Test func `names that are no names of nodes become some, each its own`() throws {
        let text = """
            {"name": "a b", "schemaVersion": "1.5", "workflow": {"specification": {"tasks": [
            {"id": "-x/1", "children": ["-x 1"]}, {"id": "-x 1", "parents": ["-x/1"]}]}}}
            """
        let graph = try WfFormatReader.read(Data(text.utf8), file: "r").graph(secondsScale: 1)
        #expect(graph.name == "a_b")
        #expect(graph.body.nodes.map(\.id) == ["x-x_1", "x-x_1_2"])
        #expect(graph.body.nodes[1].after == ["x-x_1"])
    }

    @Test(
        arguments: [
            (#"{"id": "a", "parents": ["b"]}"#, "found task \"b\""),
            (#"{"id": "a", "children": ["b"]}, {"id": "b"}"#, "found a child \"b\""),
            (#"{"id": "a"}, {"id": "b", "parents": ["a"]}"#, "found a parent \"a\""),
            (#"{"id": "a"}, {"id": "a"}"#, "found a second task named a"),
            (#"{"id": "a", "parents": ["a"], "children": ["a"]}"#, "found a cycle: a -> a"),
            (#"{"name": "a"}"#, "found nothing, expected a text"),
        ])
    func `a faulty record is refused`(tasks: String, fault: String) {
        let text = """
            {"name": "r", "schemaVersion": "1.5", "workflow": {"specification": {"tasks": [
            \(tasks)]}}}
            """
        let error = #expect(throws: WorkflowError.self) {
            try WfFormatReader.read(Data(text.utf8), file: "r")
        }
        #expect(error?.diagnostics.count == 1)
        #expect(error?.diagnostics.first?.description.contains(fault) == true)
    }
}
