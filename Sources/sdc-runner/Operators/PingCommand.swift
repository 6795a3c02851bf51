import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment

/// `sdc-runner ping`
struct PingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ping", abstract: "Ask the runner of an SDC whether it is there.",
        discussion: """
            Exit status 0 where it answers, 69 where none runs.

              sdc-runner ping --sdc SDC-FR --json
            """)

    @OptionGroup var control: ControlOptions

    func run() async throws {
        guard let facts = try await control.control().ask(.status) else {
            throw CommandError(.serviceMissing, "no runner serves it")
        }
        try control.answer.show(facts, Self.text(facts))
    }

    private static func text(_ facts: RunnerFacts) -> String {
        let runs = facts.runs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        var lines = [
            "process \(facts.pid): \(runs.isEmpty ? "no runs" : runs.joined(separator: ", ")); "
                + "\(facts.underWay) payloads under way, \(facts.waiting) in line"
        ]
        if facts.isDraining { lines.append("draining: nothing more is taken") }
        if !facts.hasHost { lines.append("the program that runs payloads is not there") }
        if facts.isSourceAway { lines.append("the orders' source does not answer") }
        return lines.joined(separator: "\n")
    }
}
