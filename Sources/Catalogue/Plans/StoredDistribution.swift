import GroundSegment
import PostgreSQL

/// A distribution's row and its place in its life, within a transaction.
struct StoredDistribution: Sendable {
    let key: Int
    let survey: ID<SurveyPlan>
    let digest: String
    let state: DistributionState
    /// `nil` before it is published.
    let revision: Int?
    /// Digest of the newest published one when it was drafted; `nil` where there was none.
    let base: String?

    /// The survey's proposal of that digest, locked; `nil` where there is none.
    static func proposal(
        _ digest: String, survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> StoredDistribution? {
        try connection.query(
            """
            SELECT \(columns) FROM sgs.distribution
            WHERE survey = $1 AND digest = $2 AND state IN ('draft', 'checked', 'approved')
            FOR UPDATE
            """, survey.text, digest
        ).first.map(StoredDistribution.init)
    }

    /// What has become of the survey's plan of that digest before: its newest publication or,
    /// without one, the proposal that was withdrawn; `nil` where there is neither.
    static func former(
        _ digest: String, survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> StoredDistribution? {
        try connection.query(
            """
            SELECT \(columns) FROM sgs.distribution
            WHERE survey = $1 AND digest = $2 AND state IN ('published', 'superseded', 'withdrawn')
            ORDER BY revision DESC NULLS LAST, distribution DESC LIMIT 1
            """, survey.text, digest
        ).first.map(StoredDistribution.init)
    }

    /// What is meant by a digest or, where one is named, a revision, locked: the publication in
    /// force, else the proposal, else the newest of all; `nil` where there is none.
    static func find(
        _ digest: String, revision: Int? = nil, survey: ID<SurveyPlan>,
        on connection: isolated Connection
    ) throws -> StoredDistribution? {
        try connection.query(
            """
            SELECT \(columns) FROM sgs.distribution
            WHERE survey = $1 AND digest = $2 AND ($3::integer IS NULL OR revision = $3)
            ORDER BY array_position(ARRAY['published', 'approved', 'checked', 'draft'], state),
                revision DESC NULLS LAST, distribution DESC
            LIMIT 1 FOR UPDATE
            """, survey.text, digest, revision
        ).first.map(StoredDistribution.init)
    }

    /// Why the plan is not proposed or published where that was not asked for again.
    ///
    /// - Parameter verb: what is refused: `published`.
    func refusal(of verb: String) -> CatalogueError {
        let fate =
            switch (state, revision) {
            case (.withdrawn, nil): "was withdrawn before it was published"
            case (.withdrawn, let revision?):
                "was revision \(revision) of survey \(survey) and was withdrawn"
            case (.published, let revision):
                "is revision \(revision ?? 0) of survey \(survey), which a later one replaces in a "
                    + "part of its period"
            case (_, let revision):
                "is revision \(revision ?? 0) of survey \(survey) and is \(state.rawValue)"
            }
        return CatalogueError(
            .illegalChange,
            "distribution \(digest.prefix(12)) \(fate): it is \(verb) again only with --again, and "
                + "becomes a new revision")
    }

    /// The newest distribution of the survey that counts; `nil` where nothing is published.
    static func newest(
        of survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> StoredDistribution? {
        try connection.query(
            """
            SELECT \(columns) FROM sgs.distribution
            WHERE survey = $1 AND state IN ('published', 'superseded')
            ORDER BY revision DESC LIMIT 1
            """, survey.text
        ).first.map(StoredDistribution.init)
    }

    /// The newest distribution of the survey that counts and whose period meets that of `other`;
    /// `nil` where there is none.
    static func newest(
        meeting other: Distribution, on connection: isolated Connection
    ) throws -> StoredDistribution? {
        let period = other.buckets.period
        return try connection.query(
            """
            SELECT \(columns) FROM sgs.distribution
            WHERE survey = $1 AND state IN ('published', 'superseded')
                AND period && tstzrange(to_timestamp($2), to_timestamp($3))
            ORDER BY revision DESC LIMIT 1
            """, other.survey.text, period.start.posixSeconds, period.end.posixSeconds
        ).first.map(StoredDistribution.init)
    }

    /// The newest before `successor`, whose period meets that of `distribution`; `nil` where there
    /// is none.
    static func newest(
        of survey: ID<SurveyPlan>, meeting distribution: Distribution,
        before successor: StoredDistribution, on connection: isolated Connection
    ) throws -> StoredDistribution? {
        let period = distribution.buckets.period
        return try connection.query(
            """
            SELECT \(columns) FROM sgs.distribution
            WHERE survey = $1 AND state = 'published' AND distribution <> $2
                AND period && tstzrange(to_timestamp($3), to_timestamp($4))
            ORDER BY revision DESC LIMIT 1
            """, survey.text, successor.key, period.start.posixSeconds, period.end.posixSeconds
        ).first.map(StoredDistribution.init)
    }

    /// Those in force whose period lies within that of `successor`, which is published.
    static func superseded(
        by successor: StoredDistribution, on connection: isolated Connection
    ) throws -> [StoredDistribution] {
        try connection.query(
            """
            SELECT \(columns) FROM sgs.distribution
            WHERE survey = $1 AND distribution <> $2 AND state = 'published'
                AND period <@ (SELECT period FROM sgs.distribution WHERE distribution = $2)
            ORDER BY revision
            """, successor.survey.text, successor.key
        ).map(StoredDistribution.init)
    }

    /// Those that were superseded at the publication of `successor`.
    static func formerlySuperseded(
        by successor: StoredDistribution, on connection: isolated Connection
    ) throws -> [StoredDistribution] {
        try connection.query(
            """
            SELECT \(columns) FROM sgs.distribution
            WHERE survey = $1 AND state = 'superseded' AND superseded_at = (
                SELECT published_at FROM sgs.distribution WHERE distribution = $2)
            ORDER BY revision
            """, successor.survey.text, successor.key
        ).map(StoredDistribution.init)
    }

    /// Adds a draft, with the survey where that is new.
    static func insert(
        _ draft: Draft, base: String?, on connection: isolated Connection
    ) throws -> StoredDistribution {
        let distribution = draft.distribution
        try connection.query(
            "INSERT INTO sgs.survey VALUES ($1) ON CONFLICT DO NOTHING", distribution.survey.text)
        let period = distribution.buckets.period
        let inserted = try connection.query(
            """
            INSERT INTO sgs.distribution (
                survey, name, digest, period, bucket_days, observation_tb, tile_tb, author,
                comment, plan, base, failover_of, again)
            VALUES ($1, $2, $3, tstzrange(to_timestamp($4), to_timestamp($5)), $6, $7, $8, $9,
                $10, $11, $12, $13, $14)
            RETURNING \(columns)
            """,
            distribution.survey.text, distribution.name, draft.digest, period.start.posixSeconds,
            period.end.posixSeconds, distribution.buckets.length,
            distribution.processing.observationVolume.value,
            distribution.processing.tileVolume.value, draft.actor, draft.comment, draft.planJSON,
            base, draft.failoverOf?.text, draft.again)
        let stored = try StoredDistribution(row: inserted[0])
        try stored.record("draft", by: draft.actor, comment: draft.comment, on: connection)
        return stored
    }

    /// The distribution, checked now and with the approval that `former` had, of the same plan.
    ///
    /// - Throws: `CatalogueError` of code `notApproved` where it had none.
    func changeAsBefore(
        _ former: StoredDistribution, actor: String, on connection: isolated Connection
    ) throws -> StoredDistribution {
        let approvals = try connection.query(
            """
            SELECT actor, comment, extract(epoch FROM occurred_at) AS instant
            FROM sgs.distribution_event WHERE distribution = $1 AND event = 'approve'
            """, former.key)
        guard let approval = approvals.first else {
            throw CatalogueError(
                .notApproved,
                "nobody has approved distribution \(digest.prefix(12)) of survey \(survey); run: sgs "
                    + "draft --again, then sgs approve")
        }
        let checked = try change(by: .check, actor: actor, comment: nil, on: connection)
        return try checked.change(
            by: .approve, actor: approval.decode("actor"), comment: approval.decode("comment"),
            at: approval.decode("instant"), on: connection)
    }

    /// The distribution after `event`.
    ///
    /// - Parameter instant: when it happened, in seconds since 1970; `nil` for now.
    ///
    /// - Throws: `CatalogueError` of code `illegalChange` where its state does not allow it.
    func change(
        by event: DistributionState.Event, actor: String, comment: String?,
        at instant: Double? = nil, on connection: isolated Connection
    ) throws -> StoredDistribution {
        guard let next = state.after(event) else {
            throw CatalogueError(
                .illegalChange,
                "distribution \(digest.prefix(12)) of survey \(survey) is \(state.rawValue): no "
                    + "\(event.rawValue) from there")
        }
        let changed = try connection.query(
            Self.update, key, next.rawValue, event.rawValue, actor, comment)
        try record(event.rawValue, by: actor, comment: comment, at: instant, on: connection)
        return try StoredDistribution(row: changed[0])
    }

    private func record(
        _ event: String, by actor: String, comment: String?, at instant: Double? = nil,
        on connection: isolated Connection
    ) throws {
        try connection.query(
            """
            INSERT INTO sgs.distribution_event (distribution, event, actor, comment, occurred_at)
            VALUES ($1, $2, $3, $4, coalesce(to_timestamp($5), clock_timestamp()))
            """, key, event, actor, comment, instant)
    }

    private init(row: Row) throws {
        key = try row.decode("distribution")
        survey = ID(try row.decode("survey"))
        digest = try row.decode("digest")
        revision = try row.decode("revision")
        base = try row.decode("base")
        state = try DistributionState(row: row)
    }

    private static let columns = "distribution, survey, digest, state, revision, base"

    /// Sets the state, and what else the event `$3` sets.
    private static let update = """
        UPDATE sgs.distribution d SET state = $2,
            revision = CASE $3 WHEN 'publish' THEN 1 + (
                SELECT coalesce(max(o.revision), 0) FROM sgs.distribution o
                WHERE o.survey = d.survey) ELSE revision END,
            published_at = CASE $3 WHEN 'publish' THEN greatest(clock_timestamp(), (
                SELECT max(o.published_at) + interval '1 microsecond' FROM sgs.distribution o
                WHERE o.survey = d.survey)) ELSE published_at END,
            author = CASE $3 WHEN 'publish' THEN $4 ELSE author END,
            comment = CASE $3 WHEN 'publish' THEN $5 ELSE comment END,
            superseded_at = CASE $3 WHEN 'supersede' THEN (
                SELECT max(o.published_at) FROM sgs.distribution o WHERE o.survey = d.survey)
                WHEN 'reinstate' THEN NULL ELSE superseded_at END
        WHERE distribution = $1
        RETURNING \(columns)
        """
}
