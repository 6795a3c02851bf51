import ArgumentParser
import Execution

/// `sdc-runner job settle`
struct JobSettleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle", abstract: "Give a held payload up, or take it as completed.",
        discussion: """
              sdc-runner job settle 17/stack --reason "no stars there"
              sdc-runner job settle 17/stack --completed
            """)

    @Flag(help: "Take it as completed; its outputs have to be where they belong.")
    var completed = false

    @Option(help: "Why; kept with the payload.")
    var reason = ""

    @OptionGroup var options: PayloadOptions

    func run() async throws {
        try await options.control.give(
            .settle(
                run: options.run, payload: options.payload, completed: completed, reason: reason))
    }
}
