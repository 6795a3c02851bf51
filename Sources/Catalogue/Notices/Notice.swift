public import GroundSegment
public import PostgreSQL

/// Something that operators want to hear of: an order that failed, a week that is late, a plan that
/// was published or withdrawn.
public struct Notice: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        /// An order failed or was stopped when it had been taken so many times.
        case order(ID<ProcessingOrder>, ItemID, isFailure: Bool, taken: Int)
        /// So many orders of a week, which begins then, are not ended though it is over.
        case late(week: MJD, orders: Int)
        /// A plan of that name and revision was published, or withdrawn.
        case plan(name: String, revision: Int, isWithdrawn: Bool)
    }

    public let subject: Subject
    public let survey: ID<SurveyPlan>
    /// `nil` for plans.
    public let sdc: ID<SDC>?
    public let instant: MJD
    /// Who did it; empty where nobody did.
    public let actor: String
    /// Why; may be empty.
    public let text: String

    /// The newest first.
    ///
    /// - Parameters:
    ///   - clock: by which weeks are over.
    ///   - limit: the most orders, and the most plans; late weeks are all told.
    /// - Throws: `PostgreSQLError`.
    public static func read(
        _ connection: Connection, clock: MJD, limit: Int
    ) async throws -> [Notice] {
        let orders = try await connection.query(ordersQuery, limit).map(Notice.init(orderRow:))
        let plans = try await connection.query(plansQuery, limit).map(Notice.init(planRow:))
        let weeks = try await connection.query(
            weeksQuery, OrderProgress.week(of: clock).posixSeconds
        )
        .map(Notice.init(weekRow:))
        return (orders + plans + weeks).enumerated().sorted {
            ($1.element.instant, $0.offset) < ($0.element.instant, $1.offset)
        }.map(\.element)
    }

    private init(weekRow row: Row) throws {
        let week = MJD(posixSeconds: try row.decode("week"))
        subject = .late(week: week, orders: try row.decode("orders"))
        survey = ID(try row.decode("survey"))
        sdc = ID(try row.decode("sdc"))
        instant = week + 7
        actor = ""
        text = ""
    }

    private init(orderRow row: Row) throws {
        subject = .order(
            ID(try row.decode("order_id")), try ItemID(row: row),
            isFailure: try row.decode("is_failure"), taken: try row.decode("taken"))
        survey = ID(try row.decode("survey"))
        sdc = ID(try row.decode("sdc"))
        instant = MJD(posixSeconds: try row.decode("instant"))
        actor = try row.decode("runner", as: String?.self) ?? ""
        text = try row.decode("message")
    }

    private init(planRow row: Row) throws {
        subject = .plan(
            name: try row.decode("name"), revision: try row.decode("revision"),
            isWithdrawn: try row.decode("is_withdrawn"))
        survey = ID(try row.decode("survey"))
        sdc = nil
        instant = MJD(posixSeconds: try row.decode("instant"))
        actor = try row.decode("actor")
        text = try row.decode("comment", as: String?.self) ?? ""
    }

    private static let ordersQuery = """
        SELECT o.id AS order_id, i.survey, i.kind, i.id, coalesce(t.sdc, o.sdc) AS sdc,
            r.event = 'fail' AS is_failure, r.taken, t.runner, r.message,
            extract(epoch FROM r.reported_at) AS instant
        FROM sgs.order_report r
        JOIN sgs.processing_order o USING (processing_order)
        JOIN sgs.item i USING (item)
        LEFT JOIN sgs.order_taking t
            ON t.processing_order = r.processing_order AND t.taken = r.taken
        WHERE r.event IN ('fail', 'abort')
        ORDER BY r.order_report DESC LIMIT $1
        """

    /// The states of the ranks are EXECUTING and ALLOCATED: by rank and release there is an index.
    private static let weeksQuery = """
        SELECT i.survey, o.sdc, extract(epoch FROM date_trunc('week', o.release, 'UTC')) AS week,
            count(*) AS orders
        FROM sgs.processing_order o JOIN sgs.item i USING (item)
        WHERE sgs.order_rank(o.state) IN (2, 3) AND o.release < to_timestamp($1) AND o.lane = 0
        GROUP BY 1, 2, 3 ORDER BY 3, 1, 2
        """

    private static let plansQuery = """
        SELECT d.survey, d.name, d.revision, e.event = 'withdraw' AS is_withdrawn, e.actor,
            e.comment, extract(epoch FROM e.occurred_at) AS instant
        FROM sgs.distribution_event e JOIN sgs.distribution d USING (distribution)
        WHERE e.event IN ('publish', 'withdraw') AND d.revision IS NOT NULL
        ORDER BY e.distribution_event DESC LIMIT $1
        """
}
