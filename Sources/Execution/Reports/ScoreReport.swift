import Foundation
import Markup

/// How the payloads in line suit the hosts, a line for each, with all terms of the score.
public struct ScoreReport: Hashable, Sendable, Encodable {
    public let rows: [PayloadScore]
    /// Further ones, which are not told.
    public let more: Int

    public init(rows: [PayloadScore], more: Int = 0) {
        self.rows = rows
        self.more = more
    }

    /// The lines, with weight times value of each term that is weighted or not 0; "nothing waits"
    /// where there is none.
    public var text: String {
        guard !rows.isEmpty else { return "nothing waits" }
        let terms = Fitness.Term.allCases.filter { term in
            rows.contains { $0.terms.contains { $0.term == term && $0.product != 0 } }
        }
        let isOne = rows.allSatisfy { $0.pilot.isEmpty }
        var table = TextTable(
            ["RUN", "PAYLOAD"] + (isOne ? [] : ["PILOT"]) + [.right("SCORE")]
                + terms.map { .right($0.rawValue.uppercased()) } + ["NOW"])
        for row in rows {
            let products = terms.map { term in
                row.terms.first { $0.term == term }.map { Self.number($0.product) } ?? ""
            }
            table.add(
                [row.run, row.payload] + (isOne ? [] : [row.pilot]) + [Self.number(row.total)]
                    + products + [row.reason ?? "is next"])
        }
        return table.text + (more > 0 ? "\n\(more) more" : "")
    }

    /// - Throws: `ExecutionError` of code `unknownItem` where a run has no such payload.
    public static func check(_ payload: String, of facts: RunFacts) throws {
        _ = try facts.number(payload)
    }

    private static func number(_ value: Double) -> String { String(format: "%.4f", value) }
}
