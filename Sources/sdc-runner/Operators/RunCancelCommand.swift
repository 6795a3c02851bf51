import ArgumentParser
import Execution

/// `sdc-runner run cancel`
struct RunCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End a run: what runs is ended, its final payload runs.",
        discussion: """
            What runs gets TERM, and KILL after 10 s. A second cancel ends the final payload, too.

              sdc-runner run cancel 17 --reason "wrong calibration"
            """)

    @Option(help: "Why; kept with the run.")
    var reason = ""

    @OptionGroup var options: RunOptions

    func run() async throws {
        try await options.control.give(.cancel(run: options.run, reason: reason))
    }
}
