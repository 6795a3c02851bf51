public import GroundSegment
import PostgreSQL

/// A part of the orders, those first that somebody has to do something about.
public struct OrderListing: Hashable, Sendable {
    public var survey: ID<SurveyPlan>?
    public var sdc: ID<SDC>?
    public var state: OrderState?
    public var pipeline: String?
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

/// How many orders of an SDC, a state and a pipeline there are.
public struct OrderCount: Hashable, Sendable {
    public let sdc: ID<SDC>
    public let state: OrderState
    public let pipeline: String
    public let orders: Int
    /// Those that are not ended though their week is over.
    public let late: Int
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
                listing.isLate, OrderProgress.week(of: clock).posixSeconds, listing.pipeline,
                listing.after?.rank,
                listing.after?.release, listing.after?.key, limit)
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

    /// How many orders a listing has, whatever follows what, by SDC, state and pipeline.
    ///
    /// - Parameter clock: by which weeks are over.
    /// - Throws: `PostgreSQLError`.
    public func counts(_ listing: OrderListing, clock: MJD) async throws -> [OrderCount] {
        try await connection.query(
            Self.counted, listing.survey?.text, listing.sdc?.text, listing.state?.rawValue,
            listing.item?.kind.rawValue, listing.item?.text, listing.week?.posixSeconds,
            listing.isLate, OrderProgress.week(of: clock).posixSeconds, listing.pipeline
        ).map { row in
            OrderCount(
                sdc: ID(try row.decode("sdc")), state: try OrderState(row: row),
                pipeline: try row.decode("pipeline"), orders: try row.decode("orders"),
                late: try row.decode("late"))
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
                    message: try row.decode("message", as: String?.self) ?? "",
                    isLost: try row.decode("is_lost"))
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

    /// What a listing leaves in of the orders; `sgs.order_rank` and the release are in one index, so
    /// that a page is read and not all of them.
    private static let orderFilter = """
        ($2::text IS NULL OR o.sdc = $2)
        AND ($3::text IS NULL OR o.state = $3 AND sgs.order_rank(o.state) = sgs.order_rank($3))
        AND ($6::float8 IS NULL OR o.release >= to_timestamp($6)
            AND o.release < to_timestamp($6) + interval '168 hours')
        AND (NOT $7 OR \(late))
        AND ($9::text IS NULL OR o.pipeline = $9)
        """

    private static let itemFilter = """
        ($1::text IS NULL OR i.survey = $1) AND ($4::text IS NULL OR i.kind = $4 AND i.id = $5)
        """

    private static let late = """
        (o.lane = 0 AND o.state IN ('ALLOCATED', 'EXECUTING') AND o.release < to_timestamp($8))
        """

    private static let listed = """
        SELECT o.processing_order, \(OrderEntry.columns), sgs.order_rank(o.state) AS rank,
            extract(epoch FROM date_trunc('week', o.release, 'UTC')) AS week, \(late) AS is_late
        FROM \(OrderEntry.source)
        WHERE \(itemFilter) AND \(orderFilter) AND ($10::int IS NULL
            OR (sgs.order_rank(o.state), o.release, o.processing_order)
                > ($10, to_timestamp($11), $12::bigint))
        ORDER BY sgs.order_rank(o.state), o.release, o.processing_order
        LIMIT $13
        """

    /// Items are looked at only where the listing is of some.
    private static let counted = """
        SELECT o.sdc, o.state, o.pipeline, count(*) AS orders, count(*) FILTER (WHERE \(late)) AS late
        FROM sgs.processing_order o
        WHERE \(orderFilter) AND ($1::text IS NULL AND $4::text IS NULL
            OR o.item IN (SELECT i.item FROM sgs.item i WHERE \(itemFilter)))
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """

    private static let listedInputs = """
        SELECT n.processing_order AS consumer, i.kind, i.id, p.id AS order_id, p.sdc, p.state,
            extract(epoch FROM p.release) AS release, r.message, sgs.is_lost(n.item) AS is_lost
        FROM sgs.order_input n
        JOIN sgs.item i USING (item)
        LEFT JOIN sgs.processing_order p
            ON p.item = n.item AND p.lane = n.lane AND p.state <> 'WITHDRAWN'
        LEFT JOIN sgs.order_report r
            ON r.processing_order = p.processing_order AND r.taken = p.taken
        WHERE n.processing_order = ANY ($1)
        ORDER BY n.processing_order, i.kind, i.id
        """
}
