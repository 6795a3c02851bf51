public import GroundSegment
import PostgreSQL

/// A distribution of the catalogue, wherever it is in its life, with what happened to it.
public struct DistributionRecord: Hashable, Sendable {
    public let survey: ID<SurveyPlan>
    public let name: String
    /// Lower-case hexadecimal digest of the plan's content.
    public let digest: String
    public let state: DistributionState
    /// Counts the publications of the survey from 1; `nil` before it is published.
    public let revision: Int?
    /// Digest of the newest published one when it was drafted; `nil` where there was none.
    public let base: String?
    /// The time whose ownership it takes over, or would.
    public let period: TimeWindow
    /// The lost SDC whose work it gives to others; `nil` where it is no failover.
    public let failoverOf: ID<SDC>?
    /// In order of time.
    public let events: [Event]

    /// Something that happened to a distribution.
    public struct Event: Hashable, Sendable {
        /// `draft`, or the name of a `DistributionState.Event`.
        public let name: String
        public let actor: String
        /// Why; `nil` where nothing was said.
        public let comment: String?
        public let instant: MJD
    }
}

extension DistributionRecord {
    /// The columns that `records(_:)` reads, of `source`: a row for each event.
    static let columns = """
        d.distribution, d.survey, d.name, d.digest, d.state, d.revision, d.base,
        d.failover_of,
        extract(epoch FROM lower(d.period)) AS period_start,
        extract(epoch FROM upper(d.period)) AS period_end,
        e.event, e.actor, e.comment AS event_comment,
        extract(epoch FROM e.occurred_at) AS occurred_at
        """

    /// Where the columns come from; to be ordered by distribution, then by `e.distribution_event`.
    static let source = "sgs.distribution d LEFT JOIN sgs.distribution_event e USING (distribution)"

    /// The distributions of rows that are in order of distribution, then of event.
    static func records(_ rows: Rows) throws -> [DistributionRecord] {
        var groups: [[Row]] = []
        var last: Int?
        for row in rows {
            let key = try row.decode("distribution", as: Int.self)
            if key != last { groups.append([]) }
            last = key
            groups[groups.count - 1].append(row)
        }
        return try groups.map {
            try DistributionRecord(row: $0[0], events: $0.compactMap(Event.init(row:)))
        }
    }

    private init(row: Row, events: [Event]) throws {
        survey = ID(try row.decode("survey"))
        name = try row.decode("name")
        digest = try row.decode("digest")
        state = try DistributionState(row: row)
        revision = try row.decode("revision")
        base = try row.decode("base")
        period = TimeWindow(
            start: MJD(posixSeconds: try row.decode("period_start")),
            end: MJD(posixSeconds: try row.decode("period_end")))
        failoverOf = try row.decode("failover_of", as: String?.self).map { ID($0) }
        self.events = events
    }
}

extension DistributionRecord.Event {
    /// `nil` where the row's distribution has no event.
    fileprivate init?(row: Row) throws {
        guard let name = try row.decode("event", as: String?.self) else { return nil }
        self.name = name
        actor = try row.decode("actor")
        let comment = try row.decode("event_comment", as: String?.self)
        self.comment = comment?.isEmpty == true ? nil : comment
        instant = MJD(posixSeconds: try row.decode("occurred_at"))
    }
}
