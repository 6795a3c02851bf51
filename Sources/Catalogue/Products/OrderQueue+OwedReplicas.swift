public import GroundSegment
import PostgreSQL

extension OrderQueue {
    /// The products that the SDC made and holds, and that an owner at `clock` lacks because a
    /// publication made it the owner later. The replica that an order itself makes is not among
    /// them: its runner makes it as soon as it can.
    ///
    /// - `limit`: how many at most.
    /// - Throws: `PostgreSQLError`.
    public func owedReplicas(
        sdc: ID<SDC>, clock: MJD, limit: Int
    ) async throws -> [OwedReplica] {
        try await connection.query(Self.owed, sdc.text, clock.posixSeconds, limit).map { row in
            OwedReplica(
                product: try HeldProduct(row: row).product, survey: ID(try row.decode("survey")),
                to: ID(try row.decode("owner")))
        }
    }

    private static let owed = """
        SELECT \(HeldProduct.columns), i.survey, w.sdc AS owner
        FROM \(HeldProduct.source)
        JOIN sgs.assignment a ON a.item = i.item AND a.is_current
            AND a.validity @> to_timestamp($2)
        CROSS JOIN LATERAL (VALUES (a.primary_sdc), (a.secondary_sdc)) w (sdc)
        WHERE o.sdc = $1 AND o.state = 'COMPLETED' AND w.sdc NOT IN (o.sdc, o.replica_at)
            AND EXISTS (
                SELECT FROM sgs.product_location l WHERE l.product = p.product AND l.sdc = o.sdc)
            AND NOT EXISTS (
                SELECT FROM sgs.product_location l WHERE l.product = p.product AND l.sdc = w.sdc)
        ORDER BY p.product, w.sdc
        LIMIT $3
        """
}
