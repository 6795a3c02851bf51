import ArgumentParser
import Execution

/// `sdc-runner manage create`
struct ManageCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a run that is not submitted yet.",
        discussion: """
            It is HELD, can be edited and linked, and begins when it is submitted. Inputs may \
            be given later.

              sdc-runner manage create tile --sdc SDC-FR --description "flat field of May"
              sdc-runner manage edit 17 --input frames=/data/f.fits
              sdc-runner manage submit 17
            """)

    @Argument(help: "Name of the pipeline.")
    var pipeline: String

    @OptionGroup var submission: SubmissionOptions

    @Option(help: "What it is for, in words.")
    var description = ""

    @OptionGroup var control: ControlOptions

    func run() async throws {
        let made = try submission.made(of: pipeline, isWhole: false)
        try await control.give(
            .create(
                submission: made.submission, graph: made.pipeline.document,
                description: description))
    }
}
