import ArgumentParser
import Commands
import Execution
import Foundation

/// `sdc-runner drain`
struct DrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "Have pilots, or the runner itself, finish what they run and end.",
        discussion: """
            A pilot takes nothing more, and ends when its payloads have ended; one that waits in \
            the queue is taken out of it. The runner takes nothing more, and ends as after TERM. \
            Exit status 66 where there is no such pilot, 69 where no runner serves.

              sdc-runner drain sgs-pilot-000012-ab12cd34.1
              sdc-runner drain --all --reason "maintenance on Tuesday"
              sdc-runner drain --runner
            """)

    @Argument(help: "Pilots, by their names.")
    var pilots: [String] = []

    @Flag(help: "All pilots.")
    var all = false

    @Flag(help: "The runner of the SDC.")
    var runner = false

    @Option(help: "Why; kept with who did it (`sdc-runner history`).")
    var reason = ""

    @OptionGroup var control: ControlOptions

    func validate() throws {
        let said = [!pilots.isEmpty, all, runner].count { $0 }
        guard said == 1 else {
            throw ValidationError("expected either names of pilots, or --all, or --runner")
        }
    }

    func run() async throws {
        do {
            let question: RunnerQuestion = runner ? .end : .endPilots(all ? nil : pilots)
            guard
                let facts = try await control.control().ask(
                    question, by: ControlOptions.user, reason: reason)
            else {
                throw CommandError(.serviceMissing, "no runner serves it")
            }
            guard !runner else { return try show(["runner \(facts.pid)"]) }
            guard let ended = facts.ended else {
                throw CommandError(.unknownItem, "the runner has no pilots")
            }
            try show(ended)
            let missing = Set(pilots).subtracting(ended).sorted()
            guard missing.isEmpty else {
                throw CommandError(
                    .unknownItem, lines: missing.map { "\($0): there is no such pilot" })
            }
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }

    private func show(_ names: [String]) throws {
        guard control.answer.json || !names.isEmpty else { return }
        try control.answer.show(names, names.map { "\($0) drains" }.joined(separator: "\n"))
    }
}
