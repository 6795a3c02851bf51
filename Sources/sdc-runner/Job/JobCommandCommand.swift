import ArgumentParser
import Execution
import GroundSegment

/// `sdc-runner job command`
struct JobCommandCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "command", abstract: "Print a payload's command, as a shell runs it by hand.",
        discussion: """
              sdc-runner job command 17/vis | sh
            """)

    @OptionGroup var options: JobOptions

    func run() async throws {
        try await options.store.reporting {
            let (name, place, facts) = try await options.find()
            let command = try PayloadCommand(
                facts, payload: name.payload, attempt: name.attempt,
                try options.configuration(place, facts),
                library: options.library)
            try options.store.show(command, command.shell)
        }
    }
}
