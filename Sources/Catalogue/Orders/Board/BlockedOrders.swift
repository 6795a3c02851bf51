public import GroundSegment
public import PostgreSQL

/// How many due orders still go on by themselves, and what is in the way of the others.
public struct BlockedOrders: Hashable, Sendable {
    /// What is in the way of an order; what comes first somebody has to do something about.
    public enum Cause: String, Hashable, Sendable, CaseIterable {
        /// An order whose products it needs failed, or was stopped.
        case failed, stopped
        /// The data of an observation that it needs, or is for, never came.
        case lost
        /// No order makes what it needs.
        case missing
        /// No runner serves an SDC, or it gives no sign.
        case runner
        /// The SDC's runner does not start them, because an outage would begin before they ended.
        case outage
        /// An order whose products it needs is not released by the clock.
        case release
    }

    /// Orders of one SDC that the same thing is in the way of.
    public struct Group: Hashable, Sendable {
        /// Where they are to run.
        public let sdc: ID<SDC>
        public let orders: Int
        /// The first of them by identifier.
        public let first: ID<ProcessingOrder>
        public let cause: Cause
        /// Where that is; `nil` where no order makes what is needed.
        public let origin: ID<SDC>?
        /// What they need, after all that lies between; `nil` where a runner is missing.
        public let item: ItemID?
        /// The order that makes it.
        public let producer: ID<ProcessingOrder>?
        /// When that is released.
        public let release: MJD?
        /// What its last report says; may be empty.
        public let message: String
    }

    /// By SDC, then by cause.
    public let groups: [Group]
    /// Orders that are due and have not ended.
    public let open: Int
    /// Orders that were due and ended without their products.
    public let failed: Int
    /// Orders that were due and are completed.
    public let completed: Int
    /// The runners of all SDCs.
    public let runners: [ID<SDC>: RegisteredRunner]

    /// Due orders that cannot go on as it is.
    public var blocked: Int { groups.reduce(0) { $0 + $1.orders } }

    /// Due orders that run, or will without anybody's doing.
    public var goingOn: Int { max(0, open - blocked) }

    /// Whether some wait for nothing but a runner that may come.
    public var waitsForRunners: Bool { groups.contains { $0.cause == .runner } }

    /// How it stands, once nothing goes on.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// Every due order is completed.
        case completed
        /// Some failed or were stopped.
        case failed
        /// None failed, and some wait for a runner or a release.
        case waiting
        /// Some run, or will.
        case running
    }

    public var outcome: Outcome {
        if goingOn > 0 { return .running }
        if failed > 0 { return .failed }
        return open == 0 ? .completed : .waiting
    }
}

extension BlockedOrders {
    /// Reads them.
    ///
    /// - Parameters:
    ///   - clock: what is released later is not due.
    ///   - survey: only its orders; of all surveys where it is `nil`.
    /// - Throws: `PostgreSQLError`.
    public static func read(
        _ connection: Connection, clock: MJD, survey: ID<SurveyPlan>? = nil
    ) async throws -> BlockedOrders {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let due = try connection.query(
                OrderSQL.dueOrders, clock.posixSeconds, survey?.text)[0]
            let open = try due.decode("open", as: Int.self)
            // Most of the time nothing is open, or nothing is in its way.
            let groups =
                open == 0
                ? []
                : try connection.query(OrderSQL.blockedOrders, clock.posixSeconds, survey?.text)
                    .map(Group.init(row:))
            let runners = try connection.query(OrderSQL.runners, String?.none)
                .map(RegisteredRunner.init(row:))
            return BlockedOrders(
                groups: groups, open: open, failed: try due.decode("failed"),
                completed: try due.decode("completed"),
                runners: Dictionary(runners.map { ($0.sdc, $0) }) { first, _ in first })
        }
    }
}

extension BlockedOrders.Group {
    fileprivate init(row: Row) throws {
        let name = try row.decode("cause", as: String.self)
        guard let cause = BlockedOrders.Cause(rawValue: name) else {
            throw CatalogueError(.otherSchema, "an order is blocked by the unknown cause \(name)")
        }
        let id = try row.decode("id", as: String?.self)
        self.init(
            sdc: ID(try row.decode("sdc")), orders: try row.decode("orders"),
            first: ID(try row.decode("first")), cause: cause,
            origin: try row.decode("origin_sdc", as: String?.self).map { ID($0) },
            item: id == nil ? nil : try ItemID(row: row),
            producer: try row.decode("order_id", as: String?.self).map { ID($0) },
            release: try row.decode("release", as: Double?.self).map { MJD(posixSeconds: $0) },
            message: try row.decode("message", as: String?.self) ?? "")
    }
}

extension BlockedOrders {
    /// A line for each SDC and kind of obstacle: `3 orders of SDC-FR wait for 2 orders that failed
    /// at SDC-DE, such as observation 32: exit 3`.
    public var lines: [String] {
        var lines: [String] = []
        var place = groups.startIndex
        while place < groups.endIndex {
            let first = groups[place]
            let same = groups[place...].prefix {
                ($0.sdc, $0.cause, $0.origin) == (first.sdc, first.cause, first.origin)
            }
            lines.append(line(Array(same)))
            place = same.endIndex
        }
        return lines
    }

    private func line(_ groups: [Group]) -> String {
        let first = groups[0]
        let orders = groups.reduce(0) { $0 + $1.orders }
        let head =
            "\(orders) \(orders == 1 ? "order" : "orders") of \(first.sdc) "
            + (orders == 1 ? "waits" : "wait")
        if first.cause == .runner, let sdc = first.origin {
            let absence = OrderReason.absence(of: runners[sdc], at: sdc) ?? "\(sdc) was silent"
            return "\(head): \(absence)"
        }
        if first.cause == .outage { return "\(head) for the end of an outage of \(first.sdc)" }
        return "\(head) for \(origins(groups)), such as \(such(first))"
    }

    private func origins(_ groups: [Group]) -> String {
        let (count, cause) = (groups.count, groups[0].cause)
        let orders = count == 1 ? "1 order" : "\(count) orders"
        let at = groups[0].origin.map { " at \($0)" } ?? ""
        return switch cause {
        case .failed: "\(orders) that failed\(at)"
        case .stopped: "\(orders) that \(count == 1 ? "was" : "were") stopped\(at)"
        case .lost:
            (count == 1 ? "1 observation" : "\(count) observations") + " that never came"
        case .missing:
            count == 1 ? "1 item that no order makes" : "\(count) items that no order makes"
        case .release: "\(orders)\(at) that \(count == 1 ? "is" : "are") not released by then"
        case .runner, .outage: orders
        }
    }

    private func such(_ group: Group) -> String {
        let item = group.item.map { "\($0)" } ?? group.first.text
        if group.cause == .release, let release = group.release { return "\(item), at \(release)" }
        return group.message.isEmpty ? item : "\(item): \(group.message)"
    }
}
