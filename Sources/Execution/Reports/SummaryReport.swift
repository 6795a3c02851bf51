import GroundSegment
import Markup

/// One line for each run, in the columns of Rubin's `bps report`.
public struct SummaryReport: Hashable, Sendable, Encodable {
    public struct Row: Hashable, Sendable, Encodable {
        /// Of a run that executes: H where payloads are held, else D where some were stopped, else
        /// F where some failed; empty where nobody has to look.
        public let x: String
        public let state: String
        /// Whole percents of the payloads that have completed.
        public let succeeded: Int
        public let id: Int64
        public let `operator`: String
        public let project: String
        public let campaign: String
        /// The pipeline.
        public let payload: String
        public let run: String
        public let sdc: String
    }

    public let rows: [Row]

    public init(_ runs: [RunFacts]) {
        rows = runs.map { facts in
            let tally = PayloadTally(facts.life)
            let origin = facts.run.origin
            return Row(
                x: facts.life.state == .executing ? Self.flag(tally) : "",
                state: facts.life.state.rawValue, succeeded: tally.percent, id: facts.run.number,
                operator: origin.user, project: origin.project, campaign: origin.campaign,
                payload: facts.life.graph.name, run: facts.run.id.text, sdc: facts.sdc.text)
        }
    }

    static func flag(_ tally: PayloadTally) -> String {
        if tally[.held] > 0 { return "H" }
        if tally[.aborted] > 0 { return "D" }
        return tally[.failed] > 0 ? "F" : ""
    }

    public var text: String {
        var table = TextTable(
            "X", "STATE", .right("%S"), .right("ID"), "OPERATOR", "PROJECT", "CAMPAIGN", "PAYLOAD",
            "RUN")
        for row in rows {
            table.add(
                row.x, row.state, "\(row.succeeded)", "\(row.id)", row.operator, row.project,
                row.campaign, row.payload, row.run)
        }
        return table.text
    }
}
