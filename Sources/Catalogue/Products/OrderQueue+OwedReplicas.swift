public import GroundSegment
import PostgreSQL

extension OrderQueue {
    /// The products that the SDC is to send to an owner at `clock` which lacks them because a
    /// publication made it the owner later.
    ///
    /// Of the SDCs that hold a product one is to send it: one whose runner is there before the
    /// others, among those its maker, then the first by identifier. The replica that an order
    /// itself makes is its runner's alone while that is there, and made as soon as it can be.
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

    /// Notes that an SDC could not send a product to one that is to have it.
    ///
    /// - Throws: `CatalogueError` of code `runnerServes` where the lease was lost;
    ///   `PostgreSQLError`.
    public func recordFailure(
        of replica: OwedReplica, from sdc: ID<SDC>, because reason: String
    ) async throws {
        try await connection.transaction { [lease] connection in
            try lease?.check(on: connection)
            try connection.query(
                """
                INSERT INTO sgs.replica_trial (product, to_sdc, from_sdc, tries, reason)
                SELECT p.product, $3, $4, 1, $5 FROM sgs.product p
                WHERE p.survey = $1 AND p.name = $2
                ON CONFLICT (product, to_sdc) DO UPDATE SET tries = replica_trial.tries + 1,
                    from_sdc = excluded.from_sdc, reason = excluded.reason,
                    last_at = clock_timestamp()
                """, replica.survey.text, replica.product.name, replica.to.text, sdc.text, reason)
        }
    }

    private static let owed = """
        SELECT \(HeldProduct.columns), i.survey, w.sdc AS owner
        FROM \(HeldProduct.source)
        JOIN sgs.assignment a ON a.item = i.item AND a.is_current
            AND a.validity @> to_timestamp($2)
        CROSS JOIN LATERAL (VALUES (a.primary_sdc), (a.secondary_sdc)) w (sdc)
        WHERE o.state = 'COMPLETED'
            AND NOT EXISTS (
                SELECT FROM sgs.product_location l WHERE l.product = p.product AND l.sdc = w.sdc)
            AND ($1 <> o.sdc OR w.sdc <> o.replica_at)
            AND $1 = (
                SELECT l.sdc FROM sgs.product_location l LEFT JOIN sgs.runner r USING (sdc)
                WHERE l.product = p.product
                ORDER BY r.sdc IS NULL OR r.ended_at IS NOT NULL
                    OR r.last_sign + make_interval(secs => r.lease_seconds) <= clock_timestamp(),
                    l.sdc <> o.sdc, l.sdc
                LIMIT 1)
        ORDER BY p.product, w.sdc
        LIMIT $3
        """
}
