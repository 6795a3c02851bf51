public import GroundSegment
import PostgreSQL

extension PlanStore {
    /// Stores a draft; one that is stored already stays as it is, as does a plan in force.
    ///
    /// - Returns: where the distribution is in its life.
    /// - Throws: `CatalogueError` of code `stale` where the base it was made from is not the
    ///   newest published distribution, `illegalChange` where the same plan was superseded or
    ///   withdrawn and is not to be proposed again; `PostgreSQLError`.
    @discardableResult
    public func store(_ draft: Draft) async throws -> DistributionState {
        try await connection.transaction { connection in
            let survey = draft.distribution.survey
            try Self.lock(survey, on: connection)
            if let current = try PublishedPlan.inForce(
                draft.digest, survey: survey, on: connection)
            {
                return current.state
            }
            if let stored = try StoredDistribution.proposal(
                draft.digest, survey: survey, on: connection)
            {
                return stored.state
            }
            let former = try StoredDistribution.former(
                draft.digest, survey: survey, on: connection)
            if let former, !draft.again { throw former.refusal(of: "proposed") }
            var draft = draft
            draft.again = former != nil
            let newest = try StoredDistribution.newest(of: survey, on: connection)?.digest
            try Self.verify(
                draft.base, of: draft.distribution, digest: draft.digest, newest: newest,
                on: connection)
            return try StoredDistribution.insert(draft, base: newest, on: connection).state
        }
    }

    /// Records that a draft was recounted and keeps the hard rules.
    ///
    /// - Throws: as `approve`.
    public func recordCheck(
        _ digest: String, survey: ID<SurveyPlan>, actor: String
    ) async throws {
        try await change(digest, survey: survey, by: .check, actor: actor, comment: nil)
    }

    /// Approves a checked distribution of exactly that digest.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`, `missingComment`, or `illegalChange`
    ///   where it is not checked; `PostgreSQLError`.
    public func approve(
        _ digest: String, survey: ID<SurveyPlan>, actor: String, comment: String
    ) async throws {
        try Self.require(comment, for: "an approval")
        try await change(digest, survey: survey, by: .approve, actor: actor, comment: comment)
    }

    /// The plans of the catalogue whose digest begins with `prefix`, newest first; of one that was
    /// published or proposed several times the newest.
    public func distributions(
        digest prefix: String, survey: ID<SurveyPlan>? = nil
    ) async throws -> [DistributionRecord] {
        let rows = try await connection.query(
            """
            SELECT \(DistributionRecord.columns) FROM \(DistributionRecord.source)
            WHERE starts_with(d.digest, $1) AND ($2::text IS NULL OR d.survey = $2)
                AND NOT EXISTS (
                    SELECT FROM sgs.distribution o WHERE o.survey = d.survey
                        AND o.digest = d.digest AND o.distribution > d.distribution)
            ORDER BY d.distribution DESC, e.distribution_event
            """, prefix, survey?.text)
        return try DistributionRecord.records(rows)
    }

    /// Every distribution of a survey with what happened to it, drafts and withdrawn ones
    /// included, newest first.
    public func log(of survey: ID<SurveyPlan>) async throws -> [DistributionRecord] {
        let rows = try await connection.query(
            """
            SELECT \(DistributionRecord.columns) FROM \(DistributionRecord.source)
            WHERE d.survey = $1
            ORDER BY d.revision DESC NULLS FIRST, d.distribution DESC, e.distribution_event
            """, survey.text)
        return try DistributionRecord.records(rows)
    }

    /// The plan.json of any distribution of the catalogue, byte for byte.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func planJSON(of survey: ID<SurveyPlan>, digest: String) async throws -> String {
        let rows = try await connection.query(
            "SELECT plan FROM sgs.distribution WHERE survey = $1 AND digest = $2 LIMIT 1",
            survey.text, digest)
        guard let row = rows.first else { throw Self.unknown(digest, survey) }
        return try row.decode("plan")
    }

    private func change(
        _ digest: String, survey: ID<SurveyPlan>, by event: DistributionState.Event, actor: String,
        comment: String?
    ) async throws {
        try await connection.transaction { connection in
            try Self.lock(survey, on: connection)
            guard
                let stored = try StoredDistribution.find(digest, survey: survey, on: connection)
            else { throw Self.unknown(digest, survey) }
            _ = try stored.change(by: event, actor: actor, comment: comment, on: connection)
        }
    }
}

extension PlanStore {
    /// Keeps other publications of the survey out until the transaction ends.
    static func lock(_ survey: ID<SurveyPlan>, on connection: isolated Connection) throws {
        let rows = try connection.query(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('sgs.publish ' || $1, 0)) AS free",
            survey.text)
        guard try rows[0].decode("free") else {
            throw CatalogueError(
                .busy,
                "another distribution of survey \(survey) is being published; try again later")
        }
    }

    /// - Parameters:
    ///   - distribution, digest: what was made from the base.
    ///   - newest: digest of the survey's newest published distribution.
    /// - Throws: `CatalogueError` of code `stale` where another one than the base counts now.
    static func verify(
        _ base: Draft.Base, of distribution: Distribution, digest: String, newest: String?,
        on connection: isolated Connection
    ) throws {
        let expected: String?
        var newest = newest
        switch base {
        case .newest: return
        case .nothing: expected = nil
        case .digest(let text): expected = text
        case .planned(let text):
            expected = text
            newest = try StoredDistribution.newest(meeting: distribution, on: connection)?.digest
        }
        guard expected != newest else { return }
        throw CatalogueError(
            .stale,
            "distribution \(digest.prefix(12)) was made from "
                + "\(expected.map { "the base \($0.prefix(12))" } ?? "no base"), and the newest "
                + "published one is \(newest.map { String($0.prefix(12)) } ?? "none"): plan again")
    }

    static func require(_ comment: String?, for what: String) throws {
        guard comment?.contains(where: { !$0.isWhitespace }) == true else {
            throw CatalogueError(
                .missingComment, "\(what) needs a comment that says why: --comment TEXT")
        }
    }

    static func unknown(_ digest: String, _ survey: ID<SurveyPlan>) -> CatalogueError {
        CatalogueError(
            .unknownItem, "survey \(survey) has no distribution \(digest.prefix(12))")
    }
}
