import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment

/// Prints the runs of a runner's store.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Print the runs of an SDC's runner by state.")

    @Option(help: "Folder of the runners' state.")
    var state = ".state/runners"

    @Option(help: "Only this SDC; by default all that have a state there.")
    var sdc: String?

    func run() async throws {
        guard let found = try? FileManager.default.contentsOfDirectory(atPath: state) else {
            throw CommandError(.unknownItem, "\(state): there is no such folder")
        }
        let names = sdc.map { [$0] } ?? found.sorted()
        for name in names {
            let path = RunStore.path(state: state, sdc: ID(name))
            guard sdc != nil || FileManager.default.fileExists(atPath: path) else { continue }
            do {
                let runs = try await RunStore(reading: path).summaries()
                print(Self.text(name, runs))
            } catch let error as ExecutionError {
                throw CommandError(error)
            }
        }
    }

    private static func text(_ sdc: String, _ runs: [RunSummary]) -> String {
        let counts = RunState.allCases.map { state in
            "\(state.rawValue) \(runs.count { $0.state == state })"
        }
        var lines = ["\(sdc)  " + counts.joined(separator: "  ")]
        for run in runs where run.state != .completed || run.isOpen {
            var line =
                "  \(run.state.rawValue)  \(run.order)  \(run.steps.done)/\(run.steps.all) steps"
                + "  taken \(run.taken)"
            if run.isOpen { line += "  not all told" }
            if !run.message.isEmpty { line += "  \(run.message)" }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}
