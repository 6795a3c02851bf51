public import GroundSegment
import Markup

/// A run in a list of runs.
public struct RunRow: Hashable, Sendable, Encodable {
    public let sdc: String
    public let number: Int64
    public let run: String
    public let pipeline: String
    public let state: String
    /// What a status command ends with: the status of the abort code that ended the run, else the
    /// number of its state.
    public let exitStatus: Int
    /// `order`, `submission` or `parent`.
    public let origin: String
    /// Identifier of the order or submission.
    public let originId: String
    /// Who asked for it, for which project and campaign; of an order nobody, its survey and its
    /// software release.
    public let `operator`: String
    public let project: String
    public let campaign: String
    public let priority: Int
    /// Payloads by state.
    public let payloads: [String: Int]
    /// The part of the payloads that has completed, whole percents.
    public let percent: Int
    /// ISO 8601 in UTC.
    public let submissionDate: String
    @OrNull public internal(set) var endDate: String?
    /// Seconds, until now where it has not ended.
    public let duration: Double
    /// Completed though payloads failed.
    public let isPartial: Bool
    public let message: String

    public init(_ facts: RunFacts, at now: MJD) {
        let (run, life) = (facts.run, facts.life)
        let tally = PayloadTally(life)
        sdc = facts.sdc.text
        number = run.number
        self.run = run.id.text
        pipeline = life.graph.name
        state = life.state.rawValue
        exitStatus = life.exitStatus
        origin = run.origin.kind
        originId = run.origin.identifier
        `operator` = run.origin.user
        project = run.origin.project
        campaign = run.origin.campaign
        priority = run.priority
        payloads = tally.named
        percent = tally.percent
        submissionDate = run.taken.exactISO8601
        endDate = facts.ended?.exactISO8601
        duration = facts.duration(at: now)
        isPartial = life.isPartial
        message = life.message
    }

    /// The rows as a table.
    public static func text(_ rows: [RunRow]) -> String {
        var table = TextTable(
            "SDC", .right("NUMBER"), "RUN", "STATE", .right("%S"), .right("PAYLOADS"), "SUBMITTED",
            .right("DURATION"),
            "MESSAGE")
        for row in rows {
            table.add(
                row.sdc, "\(row.number)", row.run, row.state + (row.isPartial ? " (partial)" : ""),
                "\(row.percent)", "\(row.payloads.values.reduce(0, +))",
                "\(row.submissionDate.prefix(19))Z", Words.time(row.duration), row.message)
        }
        return table.text
    }
}

extension RunFacts {
    /// Seconds since it was taken, until its end.
    func duration(at now: MJD) -> Double { max(0, ((ended ?? now) - run.taken) * 86400) }
}
