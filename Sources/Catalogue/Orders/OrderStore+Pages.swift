public import GroundSegment
import PostgreSQL

/// A part of the orders, those first that somebody has to do something about.
public struct OrderListing: Hashable, Sendable {
    public var survey: ID<SurveyPlan>?
    public var sdc: ID<SDC>?
    public var state: OrderState?
    public var item: ItemID?
    /// Only those that are released in the seven days from this instant on.
    public var week: MJD?
    /// Only those that are not ended though their week is over.
    public var isLate = false
    /// Only those that follow it.
    public var after: Place?

    /// Where an order stands in the listing.
    public struct Place: Hashable, Sendable {
        public let rank: Int
        /// Seconds since 1970, as the database has them.
        public let release: Double
        public let key: Int

        public init(rank: Int, release: Double, key: Int) {
            self.rank = rank
            self.release = release
            self.key = key
        }
    }

    /// All orders.
    public init() {}
}

/// An order of a listing.
public struct ListedOrder: Hashable, Sendable {
    public let entry: OrderEntry
    /// Why it is where it is.
    public let reason: OrderReason
    /// The start of the week in which it is released, a Monday's midnight, UTC.
    public let week: MJD
    /// Whether it is not ended though its week is over.
    public let isLate: Bool
    public let place: OrderListing.Place
}

extension OrderStore {
    /// Failed orders first, then stopped, running, waiting, completed and withdrawn ones, each by
    /// release.
    ///
    /// - Parameters:
    ///   - limit: the most.
    ///   - clock: what is released later waits for that.
    /// - Throws: `PostgreSQLError`.
    public func page(
        _ listing: OrderListing, limit: Int, clock: MJD
    ) async throws -> [ListedOrder] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let runners = try connection.query(OrderSQL.runners, String?.none)
                .map(RegisteredRunner.init)
            let rows = try connection.query(
                Self.listed, listing.survey?.text, listing.sdc?.text, listing.state?.rawValue,
                listing.item?.kind.rawValue, listing.item?.text, listing.week?.posixSeconds,
                listing.isLate, clock.posixSeconds, listing.after?.rank, listing.after?.release,
                listing.after?.key, limit)
            let keys = try rows.map { try $0.decode("processing_order", as: Int.self) }
            let inputs = try Self.inputs(of: keys, on: connection)
            let events = try Self.cancellations(of: keys, on: connection)
            return try rows.map { row in
                let entry = try OrderEntry(row: row)
                let key = try row.decode("processing_order", as: Int.self)
                let details = OrderDetails(
                    entry: entry, inputs: inputs[key] ?? [], events: events[key] ?? [])
                return ListedOrder(
                    entry: entry,
                    reason: OrderReason(details, runners: runners, clock: clock),
                    week: MJD(posixSeconds: try row.decode("week")),
                    isLate: try row.decode("is_late"),
                    place: OrderListing.Place(
                        rank: try row.decode("rank"), release: try row.decode("release"),
                        key: key))
            }
        }
    }

    /// The inputs of each order.
    private static func inputs(
        of keys: [Int], on connection: isolated Connection
    ) throws -> [Int: [InputOrder]] {
        var inputs: [Int: [InputOrder]] = [:]
        for row in try connection.query(listedInputs, keys) {
            let producer = try row.decode("order_id", as: String?.self).map { id in
                InputOrder.Producer(
                    id: ID(id), sdc: ID(try row.decode("sdc")), state: try OrderState(row: row),
                    release: MJD(posixSeconds: try row.decode("release")),
                    message: try row.decode("message", as: String?.self) ?? "")
            }
            inputs[try row.decode("consumer"), default: []].append(
                InputOrder(item: try ItemID(row: row), producer: producer))
        }
        return inputs
    }

    /// The operators' wishes that runners stop orders.
    private static func cancellations(
        of keys: [Int], on connection: isolated Connection
    ) throws -> [Int: [OrderEvent]] {
        var events: [Int: [OrderEvent]] = [:]
        for row in try connection.query(
            """
            SELECT processing_order, taken, actor, comment,
                extract(epoch FROM occurred_at) AS occurred_at
            FROM sgs.order_event WHERE processing_order = ANY ($1) AND event = 'cancel'
            ORDER BY order_event
            """, keys)
        {
            events[try row.decode("processing_order"), default: []].append(
                OrderEvent(
                    kind: .cancel, taken: try row.decode("taken"),
                    actor: try row.decode("actor"), comment: try row.decode("comment"),
                    instant: MJD(posixSeconds: try row.decode("occurred_at"))))
        }
        return events
    }

    private static let listed = """
        SELECT * FROM (
            SELECT o.processing_order, \(OrderEntry.columns),
                CASE o.state WHEN 'ERROR' THEN 0 WHEN 'ABORTED' THEN 1 WHEN 'EXECUTING' THEN 2
                    WHEN 'ALLOCATED' THEN 3 WHEN 'COMPLETED' THEN 4 ELSE 5 END AS rank,
                extract(epoch FROM date_trunc('week', o.release, 'UTC')) AS week,
                o.state IN ('ALLOCATED', 'EXECUTING')
                    AND \(OrderProgress.deadline) <= to_timestamp($8) AS is_late
            FROM \(OrderEntry.source)
            WHERE ($1::text IS NULL OR i.survey = $1) AND ($2::text IS NULL OR o.sdc = $2)
                AND ($3::text IS NULL OR o.state = $3)
                AND ($4::text IS NULL OR i.kind = $4 AND i.id = $5)
                AND ($6::float8 IS NULL OR o.release >= to_timestamp($6)
                    AND o.release < to_timestamp($6) + interval '168 hours')
        ) o
        WHERE (o.is_late OR NOT $7)
            AND ($9::int IS NULL
                OR (o.rank, o.release::float8, o.processing_order) > ($9, $10::float8, $11::bigint))
        ORDER BY o.rank, o.release::float8, o.processing_order
        LIMIT $12
        """

    private static let listedInputs = """
        SELECT n.processing_order AS consumer, i.kind, i.id, p.id AS order_id, p.sdc, p.state,
            extract(epoch FROM p.release) AS release, r.message
        FROM sgs.order_input n
        JOIN sgs.item i USING (item)
        LEFT JOIN sgs.processing_order p ON p.item = n.item AND p.state <> 'WITHDRAWN'
        LEFT JOIN sgs.order_report r
            ON r.processing_order = p.processing_order AND r.taken = p.taken
        WHERE n.processing_order = ANY ($1)
        ORDER BY n.processing_order, i.kind, i.id
        """
}
