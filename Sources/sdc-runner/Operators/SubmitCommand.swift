import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment

/// `sdc-runner submit`
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Run a pipeline on files of one's own.",
        discussion: """
            Prints the name of the run. What another run has done with the same command, inputs \
            and release is not done again. Its outputs are kept in STORAGE/SDC/.runs/RUN.

            Exit status with --wait: 0 completed, else the status of the abort code that ended the \
            run, else the number of its state: 16 ABORTED, 19 ERROR.

              sdc-runner submit tile --sdc SDC-FR --input frames=/data/f.fits
              sdc-runner submit tile --sdc SDC-FR --id night-4 --campaign DR1 --wait
              sdc-runner submit tile --input frames=/data/f.fits --stop-after prepare
              sdc-runner submit vis_pipeline.py --packages pkgdefs --isf night-4.isf
            """)

    @Argument(help: "Name of the pipeline, or a file that describes it: SCRIPT.py, GRAPH.json.")
    var pipeline: String

    @OptionGroup var submission: SubmissionOptions

    @Flag(help: "Wait until the run has ended.")
    var wait = false

    @Option(
        help: ArgumentHelp(
            "Begin nothing: print the payloads and how they would be put together.",
            valueName: "prepare"))
    var stopAfter: Phase?

    @OptionGroup var control: ControlOptions

    /// What a submission goes through before its run begins.
    enum Phase: String, ExpressibleByArgument, CaseIterable {
        case prepare
    }

    func validate() throws {
        guard stopAfter == nil || !wait else {
            throw ValidationError("--wait: nothing runs with --stop-after")
        }
    }

    func run() async throws {
        if stopAfter != nil {
            let forecast = try submission.forecast(of: pipeline)
            return try control.answer.show(forecast, forecast.text)
        }
        let made = try submission.made(of: pipeline)
        let answer = try await control.give(
            .submit(submission: made.submission, graph: made.pipeline.document))
        if wait, let run = answer.run { try await control.end(of: run) }
    }
}

extension ControlOptions {
    /// Waits for the end of a run, and ends with its state's number.
    func end(of run: String) async throws {
        do {
            let store = try RunStore(reading: storePath())
            while true {
                let found = try await store.summaries().first { $0.id.text == run }
                if let found, found.state.isFinal {
                    FileHandle.standardError.write(
                        Data("sdc-runner: \(run) is \(found.state.rawValue)\n".utf8))
                    var filter = RunFilter()
                    filter.name = run
                    let now = WallClock.system.now
                    let facts = try await store.facts(of: chosen(), filter, at: now)
                    let status = facts.first.map { RunRow($0, at: now).exitStatus }
                    if let status, status != 0 { throw ExitCode(Int32(status)) }
                    return
                }
                try await Task.sleep(for: .milliseconds(200))
            }
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }
}
