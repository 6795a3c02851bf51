import ArgumentParser
import Execution

/// `sdc-runner manage remove`
struct ManageRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a run, with its records, folders and outputs.",
        discussion: """
            One that never began, or has ended. Outputs that other runs read stay until those \
            are removed, too; an order's run stays where it has completed.

              sdc-runner manage remove 17
            """)

    @Argument(help: "The run's identifier or number.")
    var run: String

    @OptionGroup var store: StoreOptions

    func run() async throws { try await store.give(.remove(run: run)) }
}
