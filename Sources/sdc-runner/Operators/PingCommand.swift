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
        if control.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(facts), as: UTF8.self))
            return
        }
        let runs = facts.runs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        print(
            "process \(facts.pid): \(runs.isEmpty ? "no runs" : runs.joined(separator: ", ")); "
                + "\(facts.underWay) payloads under way, \(facts.waiting) in line")
        if facts.isDraining { print("draining: nothing more is taken") }
        if !facts.hasHost { print("the program that runs payloads is not there") }
        if facts.isSourceAway { print("the orders' source does not answer") }
    }
}
