import ArgumentParser
import Execution
import Foundation

/// `sdc-runner manage clone`
struct ManageCloneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clone",
        abstract: "Make a run with the pipeline, inputs and configuration of another.",
        discussion: """
            It is not submitted: it is HELD, can be edited, and begins with manage submit.

              sdc-runner manage clone 17
            """)

    @Argument(help: "The other run's identifier or number.")
    var run: String

    @OptionGroup var store: StoreOptions

    func run() async throws { try await store.give(.clone(run: run, id: UUID().uuidString)) }
}
