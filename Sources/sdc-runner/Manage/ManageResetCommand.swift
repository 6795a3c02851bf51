import ArgumentParser
import Execution

/// `sdc-runner manage reset`
struct ManageResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Do a run, or a payload and what follows from it, again.",
        discussion: """
            What was done already with the same command, inputs and release is not done again.

              sdc-runner manage reset 17
              sdc-runner manage reset 17/vis
            """)

    @Argument(help: "A run, or a payload as RUN/PATH.")
    var name: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let job = JobName(name)
        try await store.give(
            .restart(
                run: job?.run ?? name, payload: job?.payload, resources: [:], graph: nil,
                force: false))
    }
}
