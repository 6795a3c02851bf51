import ArgumentParser
import Execution

/// `sdc-runner job priority`
struct JobPriorityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "priority", abstract: "Set what is added to the priority of a payload.",
        discussion: """
            It counts from the next payload that is started; larger ones first.

              sdc-runner job priority 17/stack 100
              sdc-runner job priority 17/stack -- -5
            """)

    @OptionGroup var options: PayloadOptions

    @Argument(help: "-1000000000 to 1000000000.")
    var value: Int

    func run() async throws {
        try await options.control.give(
            .priority(run: options.run, payload: options.payload, value: value))
    }
}
