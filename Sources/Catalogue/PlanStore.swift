public import GroundSegment
public import PostgreSQL

/// The published distributions of the catalogue.
///
/// ```swift
/// let result = try await PlanStore(connection).publish(
///     distribution, PublicationRequest(digest: digest, planJSON: json, author: "mfrailis"))
/// ```
public struct PlanStore: Sendable {
    private let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Publishes a distribution with its assignments and processing orders, in one transaction:
    /// all of it or nothing.
    ///
    /// - Throws: `CatalogueError` of code `busy` where the survey is being published by someone
    ///   else, and `invalidDistribution` where a tile's inner area is not the one published
    ///   before or the distribution contradicts itself; `PostgreSQLError`.
    public func publish(_ distribution: Distribution, _ request: PublicationRequest) async throws
        -> PublicationResult
    {
        do {
            return try await connection.transaction { connection in
                try Self.lock(distribution.survey, on: connection)
                if let earlier = try Self.plan(
                    request.digest, of: distribution.survey, on: connection)
                {
                    return .alreadyPublished(earlier)
                }
                return try .published(
                    PublicationSteps(distribution: distribution, request: request).run(
                        on: connection))
            }
        } catch let error as PostgreSQLError {
            guard let constraint = error.constraint else { throw error }
            throw CatalogueError(
                .invalidDistribution,
                "the distribution \(distribution.name) cannot be published: it breaks the rule "
                    + "\(constraint) (\(error.message))")
        }
    }

    /// The surveys of which something has been published, by identifier.
    public func surveys() async throws -> [ID<SurveyPlan>] {
        try await connection.query("SELECT id FROM sgs.survey ORDER BY id")
            .map { ID(try $0.decode("id")) }
    }

    /// The published distributions of a survey, newest first.
    public func plans(of survey: ID<SurveyPlan>) async throws -> [PublishedPlan] {
        try await connection.query(
            """
            SELECT \(PublishedPlan.columns) FROM sgs.distribution d
            WHERE d.survey = $1 ORDER BY d.revision DESC
            """, survey.text
        ).map(PublishedPlan.init)
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

    /// The items of a survey whose order a runner has taken, whatever became of it.
    public func takenItems(of survey: ID<SurveyPlan>) async throws -> Set<ItemID> {
        let rows = try await connection.query(
            """
            SELECT DISTINCT i.kind, i.id
            FROM sgs.processing_order o JOIN sgs.item i USING (item)
            WHERE i.survey = $1 AND o.state NOT IN ('ALLOCATED', 'WITHDRAWN')
            """, survey.text)
        return Set(
            try rows.map { row in
                let id = try row.decode("id", as: String.self)
                let kind = try row.decode("kind", as: String.self)
                return kind == ItemKind.tile.rawValue ? .tile(ID(id)) : .observation(ID(id))
            })
    }

    /// Keeps other publications of the survey out until the transaction ends.
    private static func lock(_ survey: ID<SurveyPlan>, on connection: isolated Connection) throws {
        let rows = try connection.query(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('sgs.publish ' || $1, 0)) AS free",
            survey.text)
        guard try rows[0].decode("free") else {
            throw CatalogueError(
                .busy,
                "another distribution of survey \(survey) is being published; try again later")
        }
    }

    private static func plan(
        _ digest: String, of survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> PublishedPlan? {
        try connection.query(
            "SELECT \(PublishedPlan.columns) FROM sgs.distribution d WHERE d.survey = $1 AND d.digest = $2",
            survey.text, digest
        ).first.map(PublishedPlan.init)
    }
}
