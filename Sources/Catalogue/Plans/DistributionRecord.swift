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
    public let period: TimeWindow
    /// In order of time.
    public let events: [Event]

    /// Something that happened to a distribution.
    public struct Event: Hashable, Sendable {
        /// `draft`, or the name of a `DistributionState.Event`.
        public let name: String
        public let actor: String
        public let comment: String?
        public let instant: MJD
    }
}

extension DistributionRecord {
    /// The columns that `init(row:)` reads, of `sgs.distribution d`.
    static let columns = """
        d.survey, d.name, d.digest, d.state, d.revision, d.base,
        extract(epoch FROM lower(d.period)) AS period_start,
        extract(epoch FROM upper(d.period)) AS period_end,
        ARRAY(SELECT e.event FROM sgs.distribution_event e
            WHERE e.distribution = d.distribution ORDER BY distribution_event) AS events,
        ARRAY(SELECT e.actor FROM sgs.distribution_event e
            WHERE e.distribution = d.distribution ORDER BY distribution_event) AS actors,
        ARRAY(SELECT coalesce(e.comment, '') FROM sgs.distribution_event e
            WHERE e.distribution = d.distribution ORDER BY distribution_event) AS comments,
        ARRAY(SELECT extract(epoch FROM e.occurred_at)::float8 FROM sgs.distribution_event e
            WHERE e.distribution = d.distribution ORDER BY distribution_event) AS instants
        """

    init(row: Row) throws {
        survey = ID(try row.decode("survey"))
        name = try row.decode("name")
        digest = try row.decode("digest")
        state = try DistributionState(row: row)
        revision = try row.decode("revision")
        base = try row.decode("base")
        period = TimeWindow(
            start: MJD(posixSeconds: try row.decode("period_start")),
            end: MJD(posixSeconds: try row.decode("period_end")))
        let actors = try row.decode("actors", as: [String].self)
        let comments = try row.decode("comments", as: [String].self)
        let instants = try row.decode("instants", as: [Double].self)
        events = try row.decode("events", as: [String].self).enumerated().map { index, name in
            Event(
                name: name, actor: actors[index],
                comment: comments[index].isEmpty ? nil : comments[index],
                instant: MJD(posixSeconds: instants[index]))
        }
    }
}

extension DistributionState {
    /// From the column `state`.
    init(row: Row) throws {
        let text = try row.decode("state", as: String.self)
        guard let state = DistributionState(rawValue: text) else {
            throw CatalogueError(.otherSchema, "a distribution is in the unknown state \(text)")
        }
        self = state
    }
}
