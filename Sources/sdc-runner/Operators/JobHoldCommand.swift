import ArgumentParser
import Execution

/// `sdc-runner job hold`
struct JobHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Do not start a payload.",
        discussion: """
              sdc-runner job hold 17/stack --reason "look at the weights first"
            """)

    @Option(help: "Why; shown wherever somebody asks why it waits.")
    var reason = ""

    @OptionGroup var options: PayloadOptions

    func run() async throws {
        try await options.control.give(
            .hold(run: options.run, payload: options.payload, reason: reason))
    }
}

/// `sdc-runner job release`
struct JobReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let a held payload go on.",
        discussion: """
              sdc-runner job release 17/stack
            """)

    @OptionGroup var options: PayloadOptions

    func run() async throws {
        try await options.control.give(.release(run: options.run, payload: options.payload))
    }
}
