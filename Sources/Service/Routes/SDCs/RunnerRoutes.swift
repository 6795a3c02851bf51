import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

extension Backend {
    /// Which runners serve the SDCs.
    var runnerRoutes: [Route] {
        [
            Route(
                "/v1/runners", "Which runner serves each SDC, or served it last.",
                result: .table(RunnerTable.columns), problems: [503: Self.needsDatabase]
            ) { _ in
                let runners = try await sessions.with { connection in
                    try await RunnerRegistry(connection).runners()
                }
                return Answer(content: .table(RunnerTable.table(runners)), caching: .never)
            }
        ]
    }
}

/// Runners as rows.
enum RunnerTable {
    static let columns: [Column] = [
        .sdc,
        Column(
            "state", ucd: "meta.code.status",
            description: "present, silent (not heard of for longer than its lease) or ended"),
        Column("text", ucd: "meta.note", description: "the same in words: no sign since 12 min"),
        Column("host", ucd: "meta.id", description: "where it runs"),
        Column("since", ucd: "time.start", description: "since when it serves the SDC, UTC"),
        Column("last_sign", ucd: "time.end", description: "when it was last heard of, UTC"),
        Column("holds", ucd: "meta.note", description: "what it does not start now, and why"),
    ]

    static func table(_ runners: [RegisteredRunner]) -> AnswerTable {
        AnswerTable(
            name: "runners", description: "The runners of the SDCs.", columns: columns,
            rows: runners.map { runner in
                let holds = runner.holds.sorted { $0.key < $1.key }
                    .map { "\($0.key): \($0.value)" }
                return [
                    .text(runner.sdc.text), .text(runner.state), .text(runner.text),
                    .text(runner.host), .date(runner.since), .date(runner.lastSign),
                    holds.isEmpty ? .missing : .text(holds.joined(separator: "; ")),
                ]
            })
    }
}
