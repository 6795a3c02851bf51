public import GroundSegment
public import PostgreSQL

/// How far the orders of an SDC are that are released within one week.
public struct OrderProgress: Hashable, Sendable {
    public let survey: ID<SurveyPlan>
    public let sdc: ID<SDC>
    /// The start of the week, a Monday's midnight, UTC.
    public let week: MJD
    /// Orders by state; states without any are missing.
    public let orders: [OrderState: Int]
    /// Orders that are not ended though their week is over.
    public let late: Int

    /// Reads them by survey, SDC and week.
    ///
    /// - Parameters:
    ///   - survey: only its orders; of all surveys where it is `nil`.
    ///   - clock: by which weeks are over.
    /// - Throws: `PostgreSQLError`.
    public static func read(
        _ connection: Connection, survey: ID<SurveyPlan>? = nil, clock: MJD
    ) async throws -> [OrderProgress] {
        try await connection.query(
            query, survey?.text, week(of: clock).posixSeconds
        ).map { row in
            var orders: [OrderState: Int] = [:]
            for state in OrderState.allCases {
                let count = try row.decode(state.rawValue.lowercased(), as: Int.self)
                if count > 0 { orders[state] = count }
            }
            return OrderProgress(
                survey: ID(try row.decode("survey")), sdc: ID(try row.decode("sdc")),
                week: MJD(posixSeconds: try row.decode("week")), orders: orders,
                late: try row.decode("late"))
        }
    }

    /// The start of the week that an instant lies in, a Monday's midnight, UTC; what is released
    /// before it and not ended is late.
    static func week(of instant: MJD) -> MJD {
        MJD(
            posixSeconds: ((instant.posixSeconds - monday) / length).rounded(.down) * length
                + monday)
    }

    /// Seconds from 1970 to its first Monday, and of a week.
    private static let (monday, length) = (345_600.0, 604_800.0)

    /// Counts first and then looks at the few counts that there are.
    private static let query = """
        WITH counted AS (
            SELECT o.distribution, o.sdc, o.state, o.lane = 0 AS is_daily, count(*) AS n, floor(
                (date_part('epoch', o.release) - \(monday)) / \(length)) * \(length) + \(monday) AS week
            FROM sgs.processing_order o GROUP BY 1, 2, 3, 4, 6
        )
        SELECT d.survey, c.sdc, c.week,
            \(OrderState.allCases.map { state in
                "coalesce(sum(c.n) FILTER (WHERE c.state = '\(state.rawValue)'), 0)::bigint AS \(state.rawValue.lowercased())"
            }.joined(separator: ", ")),
            coalesce(sum(c.n) FILTER (WHERE c.state IN ('ALLOCATED', 'EXECUTING')
                AND c.week < $2 AND c.is_daily), 0)::bigint AS late
        FROM counted c JOIN sgs.distribution d USING (distribution)
        WHERE $1::text IS NULL OR d.survey = $1
        GROUP BY 1, 2, 3 ORDER BY d.survey COLLATE "C", c.sdc COLLATE "C", 3
        """
}

/// How many orders each SDC has in each state: changes with whatever a runner reports.
public struct OrderCounts: Hashable, Sendable {
    public struct Key: Hashable, Sendable, Comparable {
        public let survey: ID<SurveyPlan>
        public let sdc: ID<SDC>
        public let state: OrderState

        public init(survey: ID<SurveyPlan>, sdc: ID<SDC>, state: OrderState) {
            self.survey = survey
            self.sdc = sdc
            self.state = state
        }

        public static func < (left: Key, right: Key) -> Bool {
            (left.survey, left.sdc, left.state.rawValue)
                < (right.survey, right.sdc, right.state.rawValue)
        }
    }

    public let counts: [Key: Int]

    public init(counts: [Key: Int]) {
        self.counts = counts
    }

    /// No orders.
    public static let empty = OrderCounts(counts: [:])

    /// Reads them.
    ///
    /// - Throws: `PostgreSQLError`.
    public static func read(_ connection: Connection) async throws -> OrderCounts {
        var counts: [Key: Int] = [:]
        for row in try await connection.query(
            """
            SELECT i.survey, o.sdc, o.state, count(*) AS n
            FROM sgs.processing_order o JOIN sgs.item i USING (item) GROUP BY 1, 2, 3
            """)
        {
            let key = Key(
                survey: ID(try row.decode("survey")), sdc: ID(try row.decode("sdc")),
                state: try OrderState(row: row))
            counts[key] = try row.decode("n")
        }
        return OrderCounts(counts: counts)
    }
}
