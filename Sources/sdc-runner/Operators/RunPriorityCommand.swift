import ArgumentParser
import Execution

/// `sdc-runner run priority`
struct RunPriorityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "priority", abstract: "Set what is added to the priority of a run.",
        discussion: """
            It counts from the next payload that is started; larger ones first.

              sdc-runner run priority 17 100
              sdc-runner run priority 17 -- -5
            """)

    @OptionGroup var options: RunOptions

    @Argument(help: "-1000000000 to 1000000000.")
    var value: Int

    func run() async throws {
        try await options.control.give(
            .priority(run: options.run, payload: nil, value: value))
    }
}
