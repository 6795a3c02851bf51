import Foundation
import GroundSegment
import Testing
import Workflows

@testable import Execution

/// Runs of a real runner, exported by the real program.
@Suite(.timeLimit(.minutes(12))) struct RecordedWorkflowRunTests {
    @Test("a replayed record is exported with its own tasks, edges and files")
    func replay() async throws {
        let name = "helloworld-forkjoin-10-chameleon.json"
        let record = try WfFormatReader.read(
            try Data(contentsOf: URL(fileURLWithPath: MontageWorkflow.record(name))), file: name)
        let site = try OperatedSite()
        let graph = record.replay(ReplayTerms(seconds: 1e-4))
        _ = try await site.give(
            .submit(
                submission: Submission(id: "r", pipeline: graph.name), graph: graph.document))
        try await site.site.serve(site.sdc)
        let answer = try await Answer(site.site, "run", "export", "1", "--format", "wfformat")
        #expect(answer.status == 0, "\(answer.errors)")
        let again = try WfFormatReader.read(Data(answer.text.utf8), file: "export")
        #expect(again.name == record.name)
        #expect(again.files == record.files)
        #expect(again.tasks.map(\.id) == record.tasks.map(\.id))
        for (task, other) in zip(again.tasks, record.tasks) {
            #expect(Set(task.parents) == Set(other.parents))
            #expect(Set(task.children) == Set(other.children))
            #expect((task.inputs, task.outputs) == (other.inputs, other.outputs))
            #expect((task.program, task.arguments) == (other.program, other.arguments))
            #expect(task.isRun)
            #expect(task.runtime > 0 && task.runtime < 60)
            #expect((task.memory ?? 0) > 0)
            #expect(task.machines == again.machines.map(\.name))
        }
        #expect((again.makespan ?? 0) > 0)
        #expect(try await Answer(site.site, "run", "export", "7").status == 66)
    }
}
