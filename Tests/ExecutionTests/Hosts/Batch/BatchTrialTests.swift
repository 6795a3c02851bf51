import BatchSystems
import Foundation
import Testing

@testable import Execution

/// One job that shows whether a batch system can be used.
struct BatchTrialTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private func trial(_ system: any BatchSystem, patience: Int = 3) -> BatchTrial {
        var trial = BatchTrial(
            BatchSite(SiteBatch(), system), folder: folder.path, patience: patience,
            pause: { if patience > 3 { Thread.sleep(forTimeInterval: 0.05) } })
        trial.run()
        return trial
    }

    private func words(_ trial: BatchTrial) -> [String] {
        trial.steps.map { "\($0.isGood ? "+" : "-") \($0.step): \($0.words)" }
    }

    @Test("where all is well each step says so, and nothing is left")
    func good() throws {
        let done = trial(LocalBatchSystem(cores: 1), patience: 1200)
        #expect(
            words(done) == [
                "+ answers: arrays of up to 100000 tasks", "+ submit: job 1",
                "+ run: runs on localhost", "+ folder: \(folder.path) is shared with localhost",
                "+ clock: that of localhost agrees", "+ cancel: job 1 is cancelled",
            ])
        #expect(StoredFiles.names(in: folder.path).isEmpty)
    }

    @Test("what is wrong is told in words", arguments: ["limits", "submit", "poll", "cancel"])
    func bad(_ verb: String) {
        let system = StubBatchSystem()
        system.change {
            $0.failures[verb] =
                switch verb {
                case "limits": BatchSystemError(.notFound, "no scontrol")
                case "submit": BatchSystemError(.refused, "Invalid account")
                case "poll": BatchSystemError(.timeout, "squeue")
                default: BatchSystemError(.failed, "scancel: no")
                }
        }
        let done = trial(system)
        #expect(!done.isGood)
        let expected =
            switch verb {
            case "limits": "- answers: a program of the system is not on this machine: no scontrol"
            case "submit": "- submit: the system does not take the job: Invalid account"
            case "poll": "- poll: the system does not answer: squeue"
            default: "- cancel: the system answers with a fault; it said: scancel: no"
            }
        #expect(words(done).contains(expected))
    }

    @Test("a job that waits is told with the system's reason")
    func waits() {
        let done = trial(StubBatchSystem())
        #expect(words(done).contains("- run: job 101 does not run: PD"))
        #expect(words(done).last == "- cancel: job 101 is still there though it was cancelled")
    }

    @Test("a folder that the job's machine does not share is told")
    func notShared() {
        let system = StubBatchSystem()
        system.change { $0.first = BatchJobStatus(.running, native: "R", host: "n1") }
        #expect(
            words(trial(system)).contains(
                "- folder: what the job wrote on n1 is not seen here: \(folder.path) has to be on a "
                    + "shared disk"))
    }
}
