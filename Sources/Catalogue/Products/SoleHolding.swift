public import GroundSegment
public import PostgreSQL

/// An observation or tile of which an SDC holds products that no other SDC has, and what depends
/// on them.
public struct SoleHolding: Hashable, Sendable {
    public let survey: ID<SurveyPlan>
    public let item: ItemID
    /// Products that only this SDC holds.
    public let products: Int
    /// Their size.
    public let bytes: Int
    /// Orders that need the item and are not completed, wherever they run.
    public let dependents: Int
    /// Those of them that run at other SDCs.
    public let elsewhere: Int
    /// The one of them that is released first; `nil` where none depends on it.
    public let first: Dependent?

    /// An order that needs the item.
    public struct Dependent: Hashable, Sendable {
        public let order: ID<ProcessingOrder>
        public let sdc: ID<SDC>
        public let release: MJD
    }

    /// Reads them, those first on which something depends, by its release.
    ///
    /// - Parameters:
    ///   - survey: only its items; of all surveys where it is `nil`.
    ///   - window: counts only orders that are released within it; all where it is `nil`.
    ///   - limit: the most.
    /// - Throws: `CatalogueError` of code `unknownItem` where the catalogue has no such SDC;
    ///   `PostgreSQLError`.
    public static func read(
        of sdc: ID<SDC>, survey: ID<SurveyPlan>? = nil, window: TimeWindow? = nil,
        limit: Int = .max, _ connection: Connection
    ) async throws -> [SoleHolding] {
        try await RunnerRegistry(connection).check(sdc)
        return try await connection.query(
            query, sdc.text, survey?.text, window?.start.posixSeconds, window?.end.posixSeconds,
            limit
        ).map(SoleHolding.init(row:))
    }

    private init(row: Row) throws {
        survey = ID(try row.decode("survey"))
        item = try ItemID(row: row)
        products = try row.decode("products")
        bytes = try row.decode("bytes")
        dependents = try row.decode("dependents")
        elsewhere = try row.decode("elsewhere")
        first = try row.decode("order_id", as: String?.self).map { id in
            Dependent(
                order: ID(id), sdc: ID(try row.decode("sdc")),
                release: MJD(posixSeconds: try row.decode("release")))
        }
    }

    private static let query = """
        WITH sole AS (
            SELECT p.item, count(*) AS products, sum(p.bytes)::bigint AS bytes
            FROM sgs.product_location h JOIN sgs.product p USING (product)
            WHERE h.sdc = $1 AND ($2::text IS NULL OR p.survey = $2)
                AND NOT EXISTS (
                    SELECT FROM sgs.product_location l
                    WHERE l.product = h.product AND l.sdc <> $1)
            GROUP BY p.item
        )
        SELECT i.survey, i.kind, i.id, s.products, s.bytes,
            coalesce(d.dependents, 0) AS dependents, coalesce(d.elsewhere, 0) AS elsewhere,
            f.id AS order_id, f.sdc, extract(epoch FROM f.release) AS release
        FROM sole s
        JOIN sgs.item i USING (item)
        LEFT JOIN LATERAL (
            SELECT count(*) AS dependents, count(*) FILTER (WHERE o.sdc <> $1) AS elsewhere,
                (array_agg(o.processing_order ORDER BY o.release, o.processing_order))[1] AS first
            FROM sgs.order_input n JOIN sgs.processing_order o USING (processing_order)
            WHERE n.item = s.item AND o.state NOT IN ('COMPLETED', 'WITHDRAWN')
                AND ($3::float8 IS NULL OR o.release >= to_timestamp($3))
                AND ($4::float8 IS NULL OR o.release < to_timestamp($4))
        ) d ON true
        LEFT JOIN sgs.processing_order f ON f.processing_order = d.first
        ORDER BY f.release NULLS LAST, i.survey, i.kind, i.id
        LIMIT $5
        """
}
