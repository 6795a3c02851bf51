import ArgumentParser
import Execution

/// `sdc-runner manage link`
struct ManageLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Have a run begin only when another has completed.",
        discussion: """
            For a run that has not begun. Where the other one fails, is aborted or removed, it \
            waits, and says so; manage unlink lets it go on.

              sdc-runner manage link 18 17
            """)

    @Argument(help: "The run that is to wait: identifier or number.")
    var run: String

    @Argument(help: "The run that has to complete first, of the same SDC.")
    var needs: String

    @OptionGroup var store: StoreOptions

    func run() async throws { try await store.give(.link(run: run, needs: needs)) }
}

/// `sdc-runner manage unlink`
struct ManageUnlinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlink", abstract: "Have a run wait no longer for another.",
        discussion: """
              sdc-runner manage unlink 18 17
            """)

    @Argument(help: "The run that waits: identifier or number.")
    var run: String

    @Argument(help: "The run that it needs no longer; it may have been removed.")
    var needs: String

    @OptionGroup var store: StoreOptions

    func run() async throws { try await store.give(.unlink(run: run, needs: needs)) }
}
