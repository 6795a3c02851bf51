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
        /// Who serves the SDC, or did last; `nil` where nobody has.
        public let runner: RegisteredRunner?
    }

    /// By SDC.
    public let lines: [Line]

    /// Reads the board.
    ///
    /// - `clock`: what is released later is not due.
    /// - `survey`: only its orders; of all surveys where it is `nil`.
    public init(
        _ connection: Connection, clock: MJD, survey: ID<SurveyPlan>? = nil
    ) async throws {
        let runners = Dictionary(
            try await RunnerRegistry(connection).runners().map { ($0.sdc, $0) }
        ) { first, _ in first }
        let rows = try await connection.query(OrderSQL.board, clock.posixSeconds, survey?.text)
        var lines: [Line] = []
        for row in rows {
            var orders: [OrderState: Int] = [:]
            for state in OrderState.allCases {
                let count = try row.decode(state.rawValue.lowercased(), as: Int.self)
                if count > 0 { orders[state] = count }
            }
            let sdc = ID<SDC>(try row.decode("sdc"))
            lines.append(
                Line(
                    sdc: sdc, orders: orders, due: try row.decode("due"),
                    copies: try row.decode("copies"), replicas: try row.decode("replicas"),
                    bytes: try row.decode("bytes"), runner: runners[sdc]))
        }
        self.lines = lines
    }
}
