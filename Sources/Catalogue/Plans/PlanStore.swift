public import GroundSegment
public import PostgreSQL

/// The distributions of the catalogue.
///
/// ```swift
/// let result = try await PlanStore(connection).publish(
///     distribution,
///     PublicationRequest(digest: digest, planJSON: json, author: "mfrailis", comment: "first"))
/// ```
public struct PlanStore: Sendable {
    let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Publishes a distribution with its assignments and processing orders, in one transaction:
    /// all of it or nothing.
    ///
    /// - Throws: `CatalogueError` of code `busy` where the survey is being published by someone
    ///   else, `missingComment`, `notApproved` where an approval is required, `illegalChange` where
    ///   the same plan was superseded or withdrawn and is not to be published again, `stale` where
    ///   the base moved, or where what runners have done would move by a plan that is published
    ///   again, `ordersRunning` where runners have orders of items that would move and that
    ///   is to be refused, and `invalidDistribution` where a tile's inner area is not the one
    ///   published before or the distribution contradicts itself; `PostgreSQLError`.
    public func publish(_ distribution: Distribution, _ request: PublicationRequest) async throws
        -> PublicationResult
    {
        do {
            return try await namingRules(of: distribution) {
                try await connection.transaction { connection in
                    let steps = PublicationSteps(distribution: distribution, request: request)
                    let result = try steps.run(on: connection)
                    // What was written on the way to this finding is taken back.
                    if case .sameAssignments = result { throw Undone(result: result, changes: []) }
                    return result
                }
            }
        } catch let undone as Undone {
            return undone.result
        }
    }

    /// What `publish` would do; nothing is changed.
    ///
    /// - Returns: the outcome, and the changes where it would be published.
    /// - Throws: what `publish` would throw.
    public func preview(_ distribution: Distribution, _ request: PublicationRequest) async throws
        -> (result: PublicationResult, changes: [OwnershipChange])
    {
        do {
            return try await namingRules(of: distribution) {
                try await connection.transaction {
                    connection -> (PublicationResult, [OwnershipChange]) in
                    let steps = PublicationSteps(distribution: distribution, request: request)
                    let result = try steps.run(on: connection)
                    var changes: [OwnershipChange] = []
                    if case .published(let publication) = result {
                        changes = try Self.changes(
                            distribution.survey, publication.revision, on: connection)
                    }
                    throw Undone(result: result, changes: changes)
                }
            }
        } catch let undone as Undone {
            return (undone.result, undone.changes)
        }
    }

    /// What a publication changed, by kind and identifier.
    ///
    /// - Throws: `PostgreSQLError`.
    public func changes(of survey: ID<SurveyPlan>, revision: Int) async throws -> [OwnershipChange]
    {
        try await connection.transaction { connection in
            try Self.changes(survey, revision, on: connection)
        }
    }

    /// The surveys of which something has been published, by identifier.
    public func surveys() async throws -> [ID<SurveyPlan>] {
        try await connection.query(
            """
            SELECT id FROM sgs.survey s WHERE EXISTS (
                SELECT FROM sgs.distribution d WHERE d.survey = s.id AND d.revision IS NOT NULL)
            ORDER BY id
            """
        ).map { ID(try $0.decode("id")) }
    }

    /// The published distributions of a survey that were not withdrawn, newest first.
    public func plans(of survey: ID<SurveyPlan>) async throws -> [PublishedPlan] {
        try await connection.query(
            """
            SELECT \(PublishedPlan.columns) FROM sgs.distribution d
            WHERE d.survey = $1 AND d.state IN ('published', 'superseded') ORDER BY d.revision DESC
            """, survey.text
        ).map(PublishedPlan.init)
    }

    /// The newest plan in force of a survey, or the newest of those whose period meets `period`;
    /// `nil` where there is none.
    public func planInForce(
        of survey: ID<SurveyPlan>, meeting period: TimeWindow? = nil
    ) async throws -> PublishedPlan? {
        try await connection.query(
            """
            SELECT \(PublishedPlan.columns) FROM sgs.distribution d
            WHERE d.survey = $1 AND d.state = 'published' AND ($2::float8 IS NULL
                OR d.period && tstzrange(to_timestamp($2), to_timestamp($3)))
            ORDER BY d.revision DESC LIMIT 1
            """, survey.text, period?.start.posixSeconds, period?.end.posixSeconds
        ).first.map(PublishedPlan.init)
    }

    /// The plan.json of a published distribution, byte for byte.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func planJSON(of survey: ID<SurveyPlan>, revision: Int) async throws -> String {
        let rows = try await connection.query(
            "SELECT plan FROM sgs.distribution WHERE survey = $1 AND revision = $2", survey.text,
            revision)
        guard let row = rows.first else {
            throw CatalogueError(
                .unknownItem, "survey \(survey) has no published revision \(revision)")
        }
        return try row.decode("plan")
    }

    /// The items of a survey whose order a runner has taken; not those whose order failed, which
    /// get another one.
    public func takenItems(of survey: ID<SurveyPlan>) async throws -> Set<ItemID> {
        let rows = try await connection.query(
            """
            SELECT DISTINCT i.kind, i.id
            FROM sgs.processing_order o JOIN sgs.item i USING (item)
            WHERE i.survey = $1 AND o.lane = 0
                AND o.state NOT IN ('ALLOCATED', 'ERROR', 'WITHDRAWN')
            """, survey.text)
        return Set(try rows.map(ItemID.init(row:)))
    }

    /// The items of a survey whose order was released before an instant and has not ended with its
    /// products, with the SDC that has it; lost observations' are left out.  None where no order
    /// of the survey was ever taken: then it is not processed by these.
    ///
    /// - Throws: `PostgreSQLError`.
    public func unfinished(
        of survey: ID<SurveyPlan>, before instant: MJD
    ) async throws -> [(item: ItemID, sdc: ID<SDC>)] {
        try await connection.query(
            """
            SELECT i.kind, i.id, o.sdc
            FROM sgs.processing_order o JOIN sgs.item i USING (item)
            WHERE i.survey = $1 AND o.lane = 0 AND o.state IN ('ALLOCATED', 'EXECUTING', 'ERROR')
                AND o.release < to_timestamp($2) AND NOT sgs.is_lost(o.item)
                AND EXISTS (SELECT FROM sgs.processing_order p JOIN sgs.item j USING (item)
                    WHERE j.survey = $1 AND p.lane = 0 AND p.taken > 0)
            ORDER BY i.kind, i.id
            """, survey.text, instant.posixSeconds
        ).map { (item: try ItemID(row: $0), sdc: ID(try $0.decode("sdc"))) }
    }

    private static func changes(
        _ survey: ID<SurveyPlan>, _ revision: Int, on connection: isolated Connection
    ) throws -> [OwnershipChange] {
        try connection.query(
            """
            SELECT \(OwnershipChange.columns)
            FROM sgs.distribution d
            JOIN sgs.ownership_change c USING (distribution)
            JOIN sgs.item i USING (item)
            WHERE d.survey = $1 AND d.revision = $2 AND c.changed_at = d.published_at
            ORDER BY i.kind, i.id
            """, survey.text, revision
        ).map(OwnershipChange.init)
    }

    /// Turns a constraint that the database enforces into an error about the distribution.
    private func namingRules<Value>(
        of distribution: Distribution, _ work: () async throws -> Value
    ) async throws -> Value {
        do { return try await work() } catch let error as PostgreSQLError {
            guard let constraint = error.constraint else { throw error }
            throw CatalogueError(
                .invalidDistribution,
                "the distribution \(distribution.name) cannot be published: it breaks the rule "
                    + "\(constraint) (\(error.message))")
        }
    }
}

/// Ends a transaction whose effects were only to be looked at.
private struct Undone: Error {
    let result: PublicationResult
    let changes: [OwnershipChange]
}
