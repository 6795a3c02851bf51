public import GroundSegment
import PostgreSQL

extension OrderQueue {
    /// Those of `items` that orders of the SDC which are not over still need as inputs.
    public func needed(
        _ items: [ItemID], survey: ID<SurveyPlan>, sdc: ID<SDC>
    ) async throws -> Set<ItemID> {
        var needed: Set<ItemID> = []
        for kind in ItemKind.ofOrders {
            let ids = items.filter { $0.kind == kind }.map(\.text)
            guard !ids.isEmpty else { continue }
            for row in try await connection.query(
                OrderSQL.needed, survey.text, kind.rawValue, ids, sdc.text)
            {
                needed.insert(try ItemID(row: row))
            }
        }
        return needed
    }

    /// How many of the SDC's orders are released at `clock` and wait for an order that ended
    /// without its products.
    public func blocked(sdc: ID<SDC>, clock: MJD) async throws -> Int {
        try await connection.query(OrderSQL.blocked, sdc.text, clock.posixSeconds)[0].decode("n")
    }

    /// Those of the SDC's orders that are released at `clock` and not taken because products are
    /// missing, in the order in which they run, each with what it needs.
    ///
    /// - Parameter limit: how many orders at most.
    public func waits(
        sdc: ID<SDC>, clock: MJD, limit: Int
    ) async throws -> [(order: ID<ProcessingOrder>, reason: String)] {
        var orders: [(id: ID<ProcessingOrder>, inputs: [InputOrder])] = []
        for row in try await connection.query(OrderSQL.waits, sdc.text, clock.posixSeconds) {
            let id: ID<ProcessingOrder> = ID(try row.decode("waiting", as: String.self))
            if orders.last?.id != id {
                guard orders.count < limit else { break }
                orders.append((id, []))
            }
            orders[orders.count - 1].inputs.append(try InputOrder(row: row))
        }
        guard !orders.isEmpty else { return [] }
        let runners = Dictionary(
            try await registry.runners().map { ($0.sdc, $0) },
            uniquingKeysWith: { first, _ in first })
        return orders.compactMap { order in
            OrderReason.need(order.inputs, runners, clock).map { (order.id, $0) }
        }
    }

    /// Records a replica that was made only after its order was reported; once, however often
    /// it is told.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` where the order has made no such product,
    ///   and `runnerServes` where the lease was lost; `PostgreSQLError`.
    public func record(_ replica: Transfer) async throws {
        try await connection.transaction { [lease] connection in
            try lease?.check(on: connection)
            let rows = try connection.query(
                OrderSQL.heldProduct, replica.order.text, replica.product)
            guard let row = rows.first else {
                throw CatalogueError(
                    .unknownItem,
                    "processing order \(replica.order) has made no product \(replica.product)")
            }
            // Two that send the same product to the same SDC: one is written down.
            try connection.query(
                "SELECT pg_advisory_xact_lock(hashtextextended('sgs.transfer', $1))",
                row.decode("product", as: Int.self))
            try connection.query(
                OrderSQL.lateReplica, row.decode("report", as: Int.self),
                row.decode("product", as: Int.self),
                replica.from.text, replica.to.text, replica.bytes,
                replica.window.start.posixSeconds,
                replica.window.end.posixSeconds)
            try HeldProduct.record(row.decode("product"), at: replica.to, on: connection)
        }
    }
}
