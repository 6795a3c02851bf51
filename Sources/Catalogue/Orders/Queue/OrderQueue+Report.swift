public import GroundSegment
import PostgreSQL

/// What became of a report.
public enum ReportResult: Hashable, Sendable {
    case recorded
    /// The same report had been recorded before; nothing was changed.
    case duplicate
}

extension OrderQueue {
    /// Records how an order ended, with its steps, products and transfers, in one transaction.
    ///
    /// A report may be sent again, and counts once: one that tells of the attempt and event that
    /// ended the order already is a duplicate.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`, `illegalChange` where the order is another
    ///   SDC's or is not executing, and `runnerServes` where the lease was lost;
    ///   `PostgreSQLError`.
    @discardableResult
    public func report(_ report: OrderReport) async throws -> ReportResult {
        try await connection.transaction { [lease] connection in
            try lease?.check(on: connection)
            let order = try StoredOrder.lock(report.order, on: connection)
            guard order.sdc == report.sdc else {
                throw CatalogueError(
                    .illegalChange,
                    "processing order \(order.id) is \(order.sdc)'s, and \(report.sdc) reported it")
            }
            if try Self.isDuplicate(report, of: order, on: connection) { return .duplicate }
            try order.change(by: report.event, on: connection)
            let writer = ReportWriter(report: report, order: order)
            try writer.write(on: connection)
            if report.event == .complete {
                for row in try connection.query(OrderSQL.waitingFor, order.item, order.lane) {
                    try OrderChannel.notify(ID(row.decode("sdc")), on: connection)
                }
            }
            return .recorded
        }
    }

    /// While the order executes, a report of an earlier taking is known by its times; once it
    /// has ended, the last report's attempt and event decide.
    private static func isDuplicate(
        _ report: OrderReport, of order: StoredOrder, on connection: isolated Connection
    ) throws -> Bool {
        let rows = try connection.query(
            """
            SELECT taken = $2 AS last,
                started_at = to_timestamp($5) AND ended_at = to_timestamp($6) AS same_times
            FROM sgs.order_report
            WHERE processing_order = $1 AND attempt = $3 AND event = $4
            """, order.key, order.taken, report.attempt, report.event.rawValue,
            report.window.start.posixSeconds, report.window.end.posixSeconds)
        let column = order.state == .executing ? "same_times" : "last"
        return try rows.contains { try $0.decode(column) }
    }
}
