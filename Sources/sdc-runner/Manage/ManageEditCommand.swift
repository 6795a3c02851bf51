import ArgumentParser
import Execution

/// `sdc-runner manage edit`
struct ManageEditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change the inputs, configuration or description of a run.",
        discussion: """
            Only before it is submitted. The files of a port that is named take the place of \
            those that it had; PORT= takes them away. The configuration has release, priority, \
            user, project, campaign and force (true, false).

              sdc-runner manage edit 17 --input frames=/data/f.fits --config release=1.2
              sdc-runner manage edit 17 --description "with the new darks"
            """)

    @Argument(help: "The run's identifier or number.")
    var run: String

    @Option(help: ArgumentHelp("A file for an input; again for each file.", valueName: "port=path"))
    var input: [String] = []

    @Option(help: ArgumentHelp("A setting; again for each.", valueName: "name=value"))
    var config: [String] = []

    @Option(help: "What it is for, in words.")
    var description: String?

    @OptionGroup var store: StoreOptions

    func validate() throws {
        try SubmissionOptions.validate(input)
        for text in config where text.firstIndex(of: "=") == nil {
            throw ValidationError("--config \(text): expected NAME=VALUE")
        }
        guard !input.isEmpty || !config.isEmpty || description != nil else {
            throw ValidationError("nothing to edit: say --input, --config or --description")
        }
    }

    func run() async throws {
        let settings = config.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[1]))
        }
        try await store.give(
            .edit(
                run: run,
                change: DraftChange(
                    inputs: SubmissionOptions.files(input),
                    configuration: Dictionary(settings, uniquingKeysWith: { $1 }),
                    description: description)))
    }
}
