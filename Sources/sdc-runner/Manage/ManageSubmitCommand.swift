import ArgumentParser
import Execution

/// `sdc-runner manage submit`
struct ManageSubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Submit a run that was created, or run a pipeline on files of one's own.",
        discussion: """
            With the number or identifier of a run that is not submitted, it begins; all its \
            inputs have to be given then. With the name of a pipeline this is sdc-runner submit.

              sdc-runner manage submit 17
              sdc-runner manage submit tile --sdc SDC-FR --input frames=/data/f.fits
            """)

    @Argument(help: "A run's identifier or number, or the name of a pipeline.")
    var name: String

    @OptionGroup var submission: SubmissionOptions

    @Flag(help: "Wait until the run has ended.")
    var wait = false

    @OptionGroup var control: ControlOptions

    /// Whether a run is named: by its number, or as runs are named.
    private var isRun: Bool {
        Int64(name) != nil || name.wholeMatch(of: /RUN_\d{8}_\d{6}_\d{6}_.*/) != nil
    }

    func run() async throws {
        let command: RunnerCommand
        if isRun {
            command = .enqueue(run: name)
        } else {
            let made = try submission.made(of: name)
            command = .submit(submission: made.submission, graph: made.pipeline.document)
        }
        let answer = try await control.give(command)
        if wait, let run = answer.run { try await control.end(of: run) }
    }
}
