import ArgumentParser
import Commands

/// The runner of an SDC: one program for every SDC, the site is data.
@main
struct SDCRunner: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sdc-runner",
        abstract: "Run the processing orders of a Science Data Centre.",
        discussion: """
            Exit status: 0 done, 1 an order failed or is blocked, 64 usage, 65 bad input, \
            66 unknown SDC, 69 service missing, 73 cannot write, 75 another runner serves the \
            SDC, 130 stopped at once.
            """,
        subcommands: [RunCommand.self, StatusCommand.self], defaultSubcommand: RunCommand.self)

    static func main() async { await runProgram() }
}
