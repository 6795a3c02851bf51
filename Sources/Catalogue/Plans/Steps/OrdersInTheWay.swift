import GroundSegment
import PostgreSQL

/// The orders that stand in the way of a publication or withdrawal.
struct OrdersInTheWay: Hashable, Sendable {
    let count: Int
    /// The first of them by identifier.
    let first: ID<ProcessingOrder>
    /// The SDC of the first.
    let sdc: ID<SDC>

    /// From the columns `orders`, `id` and `sdc`; `nil` where there are none.
    init?(row: Row) throws {
        count = try row.decode("orders")
        guard count > 0 else { return nil }
        first = ID(try row.decode("id"))
        sdc = ID(try row.decode("sdc"))
    }

    /// Refuses to go on while runners have orders.
    ///
    /// - Parameters:
    ///   - query: gives the orders.
    ///   - what: whose orders they are: `the distribution`.
    /// - Throws: `CatalogueError` of code `ordersRunning` where there are any; `PostgreSQLError`.
    static func refuseRunning(
        _ query: String, of what: String, on connection: isolated Connection
    ) throws {
        guard let orders = try OrdersInTheWay(row: connection.query(query)[0]) else { return }
        throw CatalogueError(
            .ordersRunning,
            "runners have \(orders.count) orders of \(what), such as \(orders.first) at "
                + "\(orders.sdc): wait until they have ended, or let them end there with "
                + "--running keep")
    }
}
