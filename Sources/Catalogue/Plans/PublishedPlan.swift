public import GroundSegment
import PostgreSQL

/// A distribution that the catalogue holds.
public struct PublishedPlan: Hashable, Sendable {
    public let survey: ID<SurveyPlan>
    /// Counts the publications of the survey from 1.
    public let revision: Int
    public let name: String
    /// Lower-case hexadecimal digest of the plan's content.
    public let digest: String
    /// The time whose ownership it takes over.
    public let period: TimeWindow
    public let publishedAt: MJD
    /// Who published it.
    public let author: String
    /// Why; `nil` for one of a time that asked for no comment.
    public let comment: String?
    /// When a distribution of at least the same period was published; `nil` where none was.
    public let supersededAt: MJD?
    /// `published`, `superseded` or `withdrawn`.
    public let state: DistributionState
    /// Who approved it, when and why; `nil` for one of a time that knew no approvals.
    public let approval: Approval?
    /// Number of its publication among all that happened to distributions, counted from 1.
    public let publication: Int
    /// Who took it back, when and why; `nil` where nobody did.
    public let withdrawal: Withdrawal?
    /// The lost SDC whose work it gives to others; `nil` where it is no failover.
    public let failoverOf: ID<SDC>?

    /// That a plan may be published.
    public struct Approval: Hashable, Sendable {
        public let approver: String
        public let instant: MJD
        /// Why.
        public let comment: String
    }

    /// That a plan does not count any more.
    public struct Withdrawal: Hashable, Sendable {
        /// Among all that happened to distributions, counted from 1.
        public let number: Int
        public let actor: String
        public let instant: MJD
        /// Why; empty where nothing was said.
        public let comment: String
    }
}

extension PublishedPlan {
    /// The columns that `init(row:)` reads, of `sgs.distribution d`.
    static let columns = """
        d.survey, d.revision, d.name, d.digest, d.author, d.comment,
        extract(epoch FROM lower(d.period)) AS period_start,
        extract(epoch FROM upper(d.period)) AS period_end,
        extract(epoch FROM d.published_at) AS published_at,
        extract(epoch FROM d.superseded_at) AS superseded_at,
        d.state, d.failover_of,
        (SELECT max(e.distribution_event) FROM sgs.distribution_event e
            WHERE e.distribution = d.distribution AND e.event = 'publish') AS publication,
        \(event("withdraw", "distribution_event")) AS withdrawal,
        \(event("withdraw", "actor")) AS withdrawn_by,
        \(event("withdraw", "occurred_at")) AS withdrawn_at,
        \(event("withdraw", "comment")) AS withdrawal_comment,
        \(event("approve", "actor")) AS approved_by,
        \(event("approve", "occurred_at")) AS approved_at,
        \(event("approve", "comment")) AS approval_comment
        """

    /// A column of the one event of a name that happened to the distribution; times in seconds.
    private static func event(_ name: String, _ column: String) -> String {
        let value = column == "occurred_at" ? "extract(epoch FROM e.occurred_at)" : "e.\(column)"
        return """
            (SELECT \(value) FROM sgs.distribution_event e
                WHERE e.distribution = d.distribution AND e.event = '\(name)')
            """
    }

    /// The publication of that plan that counts for all of its period: nothing published later
    /// takes over a part of it.
    static func inForce(
        _ digest: String, survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> PublishedPlan? {
        try connection.query(
            """
            SELECT \(columns) FROM sgs.distribution d
            WHERE d.survey = $1 AND d.digest = $2 AND d.state = 'published'
                AND NOT EXISTS (
                    SELECT FROM sgs.distribution o
                    WHERE o.survey = d.survey AND o.state = 'published'
                        AND o.revision > d.revision AND o.period && d.period)
            """, survey.text, digest
        ).first.map(PublishedPlan.init)
    }

    init(row: Row) throws {
        survey = ID(try row.decode("survey"))
        revision = try row.decode("revision")
        name = try row.decode("name")
        digest = try row.decode("digest")
        period = TimeWindow(
            start: MJD(posixSeconds: try row.decode("period_start")),
            end: MJD(posixSeconds: try row.decode("period_end")))
        publishedAt = MJD(posixSeconds: try row.decode("published_at"))
        author = try row.decode("author")
        comment = try row.decode("comment")
        supersededAt = try row.decode("superseded_at", as: Double?.self).map(
            MJD.init(posixSeconds:))
        state = try DistributionState(row: row)
        approval = try row.decode("approved_by", as: String?.self).map { approver in
            Approval(
                approver: approver, instant: MJD(posixSeconds: try row.decode("approved_at")),
                comment: try row.decode("approval_comment"))
        }
        publication = try row.decode("publication")
        withdrawal = try row.decode("withdrawal", as: Int?.self).map { number in
            Withdrawal(
                number: number, actor: try row.decode("withdrawn_by"),
                instant: MJD(posixSeconds: try row.decode("withdrawn_at")),
                comment: try row.decode("withdrawal_comment", as: String?.self) ?? "")
        }
        failoverOf = try row.decode("failover_of", as: String?.self).map { ID($0) }
    }
}
