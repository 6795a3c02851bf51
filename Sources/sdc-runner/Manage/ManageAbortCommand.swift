import ArgumentParser
import Execution

/// `sdc-runner manage abort`
struct ManageAbortCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abort", abstract: "End a run; its final node still runs.",
        discussion: """
              sdc-runner manage abort 17 --reason "wrong release"
            """)

    @Argument(help: "The run's identifier or number.")
    var run: String

    @Option(help: "Why; kept with the run.")
    var reason = "aborted by an operator"

    @OptionGroup var store: StoreOptions

    func run() async throws { try await store.give(.cancel(run: run, reason: reason)) }
}
