public import GroundSegment
public import PostgreSQL

/// Which orders are asked for; what is `nil` or empty does not matter.
public struct OrderFilter: Sendable {
    public var survey: ID<SurveyPlan>?
    public var sdc: ID<SDC>?
    public var states: [OrderState] = []
    /// Identifier of an observation or tile.
    public var item: String?
    /// The campaign and its task that they are jobs of.
    public var task: (campaign: String, name: String)?

    public init() {}
}

/// The processing orders as operators see them.
public struct OrderStore: Sendable {
    let connection: Connection

    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Who serves which SDC, in the same session.
    public var registry: RunnerRegistry { RunnerRegistry(connection) }

    /// The orders of a filter, by SDC, in the order in which they run.
    public func list(_ filter: OrderFilter) async throws -> [OrderEntry] {
        try await connection.query(
            """
            SELECT \(OrderEntry.columns) FROM \(OrderEntry.source)
            WHERE ($1::text IS NULL OR i.survey = $1) AND ($2::text IS NULL OR o.sdc = $2)
                AND (cardinality($3::text[]) = 0 OR o.state = ANY ($3))
                AND ($4::text IS NULL OR i.id = $4)
                AND ($5::text IS NULL OR o.campaign_task IN (
                    SELECT t.campaign_task FROM sgs.campaign_task t
                    JOIN sgs.campaign c USING (campaign)
                    WHERE c.name = $5 AND t.name = $6 AND ($1::text IS NULL OR c.survey = $1)))
            ORDER BY o.sdc, o.priority DESC, o.release, o.processing_order
            """, filter.survey?.text, filter.sdc?.text, filter.states.map(\.rawValue),
            filter.item, filter.task?.campaign, filter.task?.name
        ).map(OrderEntry.init(row:))
    }

    /// All that is known of an order.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func details(of order: ID<ProcessingOrder>) async throws -> OrderDetails {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let rows = try connection.query(
                """
                SELECT o.processing_order, \(OrderEntry.columns) FROM \(OrderEntry.source)
                WHERE o.id = $1
                """, order.text)
            guard let row = rows.first else {
                throw CatalogueError(.unknownItem, "there is no processing order \(order)")
            }
            let key = try row.decode("processing_order", as: Int.self)
            return OrderDetails(
                entry: try OrderEntry(row: row), inputs: try Self.inputs(of: key, on: connection),
                reports: try RecordedReport.all(ofOrder: key, on: connection),
                products: try connection.query(
                    """
                    SELECT \(HeldProduct.columns) FROM \(HeldProduct.source)
                    WHERE o.processing_order = $1 ORDER BY p.name
                    """, key
                ).map(HeldProduct.init(row:)),
                events: try OrderEvent.all(ofOrder: key, on: connection),
                takings: try OrderTaking.all(ofOrder: key, on: connection),
                publications: try OrderPublication.all(ofOrder: key, on: connection))
        }
    }

    /// Why an order is where it is.
    ///
    /// - `clock`: what is released later waits for that.
    /// - Throws: as `details` does.
    public func reason(of order: ID<ProcessingOrder>, clock: MJD) async throws -> OrderReason {
        let details = try await details(of: order)
        let runners = try await RunnerRegistry(connection).runners()
        return OrderReason(details, runners: runners, clock: clock)
    }

    private static func inputs(
        of key: Int, on connection: isolated Connection
    ) throws -> [InputOrder] {
        try connection.query(OrderSQL.inputOrders, key).map(InputOrder.init(row:))
    }
}

extension InputOrder {
    /// From the columns of the queries `inputOrders` and `waits`.
    init(row: Row) throws {
        guard let id = try row.decode("order_id", as: String?.self) else {
            self.init(item: try ItemID(row: row), producer: nil)
            return
        }
        self.init(
            item: try ItemID(row: row),
            producer: Producer(
                id: ID(id), sdc: ID(try row.decode("sdc")), state: try OrderState(row: row),
                release: MJD(posixSeconds: try row.decode("release")),
                message: try row.decode("message", as: String?.self) ?? "",
                isLost: try row.decode("is_lost")))
    }
}
