import ArgumentParser
import Commands
import Execution
import Foundation

/// `sdc-runner pilots list`
struct PilotsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List pilots, with the batch system's states beside ours.",
        discussion: """
            The states are SUBMITTED, WAITING, RUNNING, DONE, DONE_EMPTY (over without a \
            payload), FAILED, DELETED, ABORTED and UNKNOWN. Where no runner serves, what it has \
            noted last is shown.

              sdc-runner pilots
              sdc-runner pilots --open --json
            """)

    @Flag(help: "Only those that are not over.")
    var open = false

    @Flag(help: "Again every two seconds, until it is interrupted.")
    var watch = false

    @OptionGroup var control: ControlOptions

    func run() async throws {
        do {
            repeat {
                let pilots = try await control.pilots().filter { !open || !$0.isOver }
                if watch { print("\u{1B}[2J\u{1B}[H", terminator: "") }
                let report = PilotReport(pilots, at: Date().timeIntervalSince1970)
                try control.answer.show(pilots, report.text)
                if watch { try await Task.sleep(for: .seconds(2)) }
            } while watch
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }
}

/// `sdc-runner pilots top`
struct PilotsTopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "List the pilots that run, the busiest first.",
        discussion: """
              sdc-runner pilots top --count 10
            """)

    @Option(help: "How many at most.")
    var count = 20

    @OptionGroup var control: ControlOptions

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count \(count): expected at least 1") }
    }

    func run() async throws {
        do {
            let pilots = try await control.pilots().filter { $0.state == "RUNNING" }.sorted {
                ($0.coresUsed, $0.payloads, $1.pilot) > ($1.coresUsed, $1.payloads, $0.pilot)
            }
            let first = Array(pilots.prefix(count))
            try control.answer.show(
                first, PilotReport(first, at: Date().timeIntervalSince1970).text)
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }
}

extension ControlOptions {
    /// The pilots of the runner that serves, or those that the last one has noted.
    func pilots() async throws -> [PilotFacts] {
        let sdc = try chosen()
        if let facts = try await control().ask(.pilots) {
            guard let pilots = facts.pilots else {
                throw CommandError(.unknownItem, "the runner of \(sdc) has no pilots")
            }
            return pilots
        }
        return PilotFacts.noted(state: SiteOptions.absolute(state), sdc: sdc) { name, error in
            FileHandle.standardError.write(Data("\(name): \(error)\n".utf8))
        }
    }
}
