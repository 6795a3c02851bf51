import ArgumentParser
import Execution

/// `sdc-runner run hold`
struct RunHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Start nothing more of a run; what runs goes on.",
        discussion: """
              sdc-runner run hold 17 --reason "storage is moved"
            """)

    @Option(help: "Why; shown wherever somebody asks why it waits.")
    var reason = ""

    @OptionGroup var options: RunOptions

    func run() async throws {
        try await options.control.give(.hold(run: options.run, payload: nil, reason: reason))
    }
}

/// `sdc-runner run release`
struct RunReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let a held run go on.",
        discussion: """
              sdc-runner run release 17
            """)

    @OptionGroup var options: RunOptions

    func run() async throws {
        try await options.control.give(.release(run: options.run, payload: nil))
    }
}
