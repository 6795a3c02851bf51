public import GroundSegment
public import PostgreSQL

/// What processing took at the SDCs, as their runners measured it.
public struct MeasureStore: Sendable {
    let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// One measure for each completed order: its successful steps, the others left out.
    ///
    /// - Parameters:
    ///   - survey: only its orders.
    ///   - span: only those that ended in it; all where it is `nil`.
    /// - Throws: `PostgreSQLError`.
    public func items(
        survey: ID<SurveyPlan>, ended span: TimeWindow? = nil
    ) async throws -> [ItemMeasure] {
        try await connection.query(
            """
            SELECT o.sdc, i.kind,
                sum(s.cores * extract(epoch FROM s.ended_at - s.started_at))::double precision
                    / 3600 AS occupied,
                coalesce(sum(s.cpu_seconds), 0) / 3600 AS busy
            FROM sgs.processing_order o
            JOIN sgs.item i USING (item)
            JOIN sgs.order_report r ON r.processing_order = o.processing_order
                AND r.taken = o.taken AND r.event = 'complete'
            JOIN sgs.step_run s USING (order_report)
            WHERE i.survey = $1 AND o.lane = 0 AND o.state = 'COMPLETED' AND s.exit_code = 0
                AND ($2::double precision IS NULL
                    OR r.ended_at >= to_timestamp($2) AND r.ended_at < to_timestamp($3))
            GROUP BY o.processing_order, o.sdc, i.kind
            ORDER BY o.processing_order
            """, survey.text, span?.start.posixSeconds, span?.end.posixSeconds
        ).map { row in
            let kind = try row.decode("kind", as: String.self)
            return ItemMeasure(
                sdc: ID(try row.decode("sdc")), kind: kind == "tile" ? .tile : .observation,
                occupied: CoreHours(try row.decode("occupied")),
                busy: CoreHours(try row.decode("busy")))
        }
    }
}
