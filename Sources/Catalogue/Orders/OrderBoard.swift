public import GroundSegment
public import PostgreSQL

/// The processing orders of all SDCs at a glance.
public struct OrderBoard: Sendable {
    /// What an SDC has to do and has done.
    public struct Line: Hashable, Sendable {
        public let sdc: ID<SDC>
        /// Orders by state; states without any are missing.
        public let orders: [OrderState: Int]
        /// Orders that are released by the clock and not ended.
        public let due: Int
        /// Copies for the tile pipeline, and replicas, that arrived at the SDC.
        public let copies: Int
        public let replicas: Int
        /// Bytes that arrived with them.
        public let bytes: Int
    }

    /// By SDC.
    public let lines: [Line]

    /// Reads the board.
    ///
    /// - Parameters:
    ///   - clock: what is released later is not due.
    ///   - survey: only its orders; of all surveys where it is `nil`.
    public init(
        _ connection: Connection, clock: MJD, survey: ID<SurveyPlan>? = nil
    ) async throws {
        let rows = try await connection.query(Self.query, clock.posixSeconds, survey?.text)
        var lines: [Line] = []
        for row in rows {
            var orders: [OrderState: Int] = [:]
            for state in OrderState.allCases {
                let count = try row.decode(state.rawValue.lowercased(), as: Int.self)
                if count > 0 { orders[state] = count }
            }
            lines.append(
                Line(
                    sdc: ID(try row.decode("sdc")), orders: orders, due: try row.decode("due"),
                    copies: try row.decode("copies"), replicas: try row.decode("replicas"),
                    bytes: try row.decode("bytes")))
        }
        self.lines = lines
    }

    private static let query = """
        WITH orders AS (
            SELECT o.sdc,
                   count(*) FILTER (WHERE o.state = 'ALLOCATED') AS allocated,
                   count(*) FILTER (WHERE o.state = 'EXECUTING') AS executing,
                   count(*) FILTER (WHERE o.state = 'COMPLETED') AS completed,
                   count(*) FILTER (WHERE o.state = 'ERROR') AS error,
                   count(*) FILTER (WHERE o.state = 'ABORTED') AS aborted,
                   count(*) FILTER (WHERE o.state = 'WITHDRAWN') AS withdrawn,
                   count(*) FILTER (WHERE o.state IN ('ALLOCATED', 'EXECUTING')
                                    AND o.release <= to_timestamp($1)) AS due
            FROM sgs.processing_order o
            JOIN sgs.item i USING (item)
            WHERE $2::text IS NULL OR i.survey = $2
            GROUP BY o.sdc
        ), moved AS (
            SELECT t.to_sdc AS sdc,
                   count(*) FILTER (WHERE t.purpose = 'copy') AS copies,
                   count(*) FILTER (WHERE t.purpose = 'replica') AS replicas,
                   sum(t.bytes)::bigint AS bytes
            FROM sgs.transfer t
            JOIN sgs.order_report r USING (order_report)
            JOIN sgs.processing_order o USING (processing_order)
            JOIN sgs.item i USING (item)
            WHERE $2::text IS NULL OR i.survey = $2
            GROUP BY t.to_sdc
        )
        SELECT orders.*, coalesce(copies, 0) AS copies, coalesce(replicas, 0) AS replicas,
               coalesce(bytes, 0) AS bytes
        FROM orders LEFT JOIN moved USING (sdc)
        ORDER BY sdc
        """
}
