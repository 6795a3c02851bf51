import ArgumentParser
import Execution
import Foundation
import GroundSegment

/// Prints the runs of a runner's store.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Print the runs of an SDC's runner by state.",
        discussion: """
            With a run its state alone, whose number is the exit status: COMPLETED 0, PENDING 14, \
            EXECUTING 15, ABORTED 16, HELD 17, ERROR 19, or the status of the abort code that \
            ended the run; 66 where there is no such run.

              sdc-runner status
              sdc-runner status RUN_20270104_120000_000000_observation
            """)

    @Argument(help: "The identifier or number of a run.")
    var run: String?

    @OptionGroup var store: StoreOptions

    private struct All: Encodable { let runs: [RunRow] }

    func run() async throws {
        try await store.reporting {
            let now = store.now
            if let run {
                let row = RunRow(try await store.run(run).facts, at: now)
                try store.show(row, row.state)
                if row.exitStatus != 0 { throw ExitCode(Int32(row.exitStatus)) }
            } else if store.answer.json {
                let rows = try await store.runs(RunFilter()).map { RunRow($0, at: now) }
                try store.show(All(runs: rows), "")
            } else if !store.answer.quiet {
                for place in try store.places() {
                    print(Self.text(place.sdc.text, try await place.store.summaries()))
                }
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
