import Foundation
import Testing

@testable import Workflows

@Suite struct RecordedWorkflowDocumentTests {
    @Test(
        "a record that is written again says the same",
        arguments: [
            "1000genome-chameleon-2ch-100k-001", "epigenomics-chameleon-ilmn-1seq-100k-001",
            "helloworld-chain-5-chameleon", "helloworld-forkjoin-10-chameleon",
            "montage-chameleon-2mass-005d-001", "seismology-chameleon-100p-001",
        ])
    func again(name: String) throws {
        let record = try WfFormatReader.read(Sample.data("wfinstances/\(name).json"), file: name)
        let again = try WfFormatReader.read(Data(record.document().utf8), file: name)
        #expect(again == record)
        #expect(record.machines.first?.cores != nil)
        #expect(record.tasks.allSatisfy { $0.processor != nil && !$0.machines.isEmpty })
    }

    @Test func `names that the format does not allow become some, each its own`() throws {
        func task(_ id: String, after: [String], before: [String]) -> RecordedWorkflow.Task {
            RecordedWorkflow.Task(
                id: id, name: id, program: "p", parents: after, children: before, isRun: false,
                runtime: 0, cores: 1, inputs: ["é f"], outputs: ["/a b/c"])
        }
        let record = RecordedWorkflow(
            name: "r",
            tasks: [
                task("a/1", after: [], before: ["a 1"]), task("a 1", after: ["a/1"], before: []),
            ])
        let again = try WfFormatReader.read(Data(record.document().utf8), file: "r")
        #expect(again.tasks.map(\.id) == ["a_1", "a_1_2"])
        #expect(again.tasks[1].parents == ["a_1"])
        #expect(again.tasks[0].inputs == ["__f"])
        #expect(again.tasks[0].outputs == ["/a_b/c"])
        // The format wants an execution that has tasks, or none.
        #expect(again.started == nil)
        #expect(!record.document().contains("execution"))
    }
}
