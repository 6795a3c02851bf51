import Foundation
import Testing

@testable import Workflows

@Suite struct RecordedWorkflowScheduleTests {
    /// Tasks `a`, `b`, ... of some seconds, with the tasks that each waits for.
    private func workflow(_ tasks: [(id: String, seconds: Double, parents: [String])]) throws
        -> RecordedWorkflow
    {
        let specified = tasks.map { task in
            let children = tasks.filter { $0.parents.contains(task.id) }.map(\.id)
            return #"{"id": "\#(task.id)", "parents": \#(task.parents), "children": \#(children)}"#
        }
        let executed = tasks.map { #"{"id": "\#($0.id)", "runtimeInSeconds": \#($0.seconds)}"# }
        let text = """
            {"name": "w", "schemaVersion": "1.5", "workflow": {
            "specification": {"tasks": [\(specified.joined(separator: ","))]},
            "execution": {"tasks": [\(executed.joined(separator: ","))]}}}
            """
        return try WfFormatReader.read(Data(text.utf8), file: "w")
    }

    @Test func `the critical path goes first`() throws {
        // On two slots: a 0-3, d 3-6 and on the other b, c, one after the other.
        let workflow = try workflow([
            ("b", 2, []), ("c", 2, []), ("a", 3, []), ("d", 3, ["a"]),
        ])
        #expect(workflow.ranks == ["a": 6, "b": 2, "c": 2, "d": 3])
        #expect(workflow.listMakespan(slots: 2) == 6)
        #expect(workflow.listMakespan(slots: 1) == 10)
        #expect(workflow.listMakespan(slots: 4, secondsScale: 0.5) == 3)
    }

    @Test func `a task waits for all of its parents`() throws {
        let workflow = try workflow([("a", 1, []), ("b", 4, []), ("c", 2, ["a", "b"])])
        #expect(workflow.listMakespan(slots: 2) == 6)
    }

    /// Graham's bound: at most the work shared out, and the critical path.
    @Test(arguments: ["005d", "01d", "025d"], [1, 8, 1000])
    func `a recorded run keeps within the bounds of list scheduling`(size: String, slots: Int)
        throws
    {
        let file = "montage-chameleon-2mass-\(size)-001.json"
        let workflow = try WfFormatReader.read(Sample.data("wfinstances/\(file)"), file: file)
        let work = workflow.tasks.reduce(0) { $0 + $1.runtime }
        let path = workflow.ranks.values.max() ?? 0
        let makespan = workflow.listMakespan(slots: slots)
        #expect(makespan >= max(path, work / Double(slots)) - 1e-6)
        #expect(makespan <= work / Double(slots) + path + 1e-6)
        if slots == 1 { #expect(abs(makespan - work) < 1e-6) }
        if slots == 1000 { #expect(abs(makespan - path) < 1e-6) }
    }
}
