import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct BlockedOrdersTests {
    /// Observations 1 and 2 and tile T1 are SDC-FR's, tile T2 SDC-DE's; T1 needs both, T2 the first.
    private func withOrders(
        _ body: @Sendable (OrderQueue, Connection) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            try await body(OrderQueue(connection), connection)
        }
    }

    private static func register(_ sdcs: [ID<SDC>], _ connection: Connection) async throws {
        for sdc in sdcs {
            _ = try await RunnerRegistry(connection).register(
                sdc: sdc, host: "h", folder: "/f", process: 1, lease: 3600)
        }
    }

    private static func read(
        _ connection: Connection, clock: MJD = OrderQueueTests.late
    ) async throws -> BlockedOrders {
        try await BlockedOrders.read(connection, clock: clock)
    }

    @Test("without runners nothing goes on, and it is said where")
    func runners() async throws {
        try await withOrders { _, connection in
            let none = try await Self.read(connection)
            #expect(none.goingOn == 0)
            #expect(none.outcome == .waiting)
            #expect(none.waitsForRunners)
            #expect(
                none.lines == [
                    "1 order of SDC-DE waits: no runner has served SDC-DE",
                    "3 orders of SDC-FR wait: no runner has served SDC-FR",
                ])
            try await Self.register(["SDC-DE"], connection)
            // The tile of SDC-DE needs what SDC-FR makes.
            #expect(
                try await Self.read(connection).lines == [
                    "1 order of SDC-DE waits: no runner has served SDC-FR",
                    "3 orders of SDC-FR wait: no runner has served SDC-FR",
                ])
            try await Self.register(["SDC-FR"], connection)
            let all = try await Self.read(connection)
            #expect(all.goingOn == 4)
            #expect(all.outcome == .running)
            #expect(all.lines.isEmpty)
            try await connection.query(
                """
                UPDATE sgs.runner SET since = since - interval '2 h',
                    last_sign = last_sign - interval '2 h' WHERE sdc = 'SDC-FR'
                """)
            let silent = try await Self.read(connection).lines
            #expect(
                silent.last?.hasPrefix(
                    "3 orders of SDC-FR wait: the runner of SDC-FR gave no sign since 2 h, the last"
                )
                    == true)
        }
    }

    @Test("what needs a failed order is blocked by it, whatever lies between")
    func failed() async throws {
        try await withOrders { queue, connection in
            try await Self.register(["SDC-DE", "SDC-FR"], connection)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            try await queue.report(OrderQueueTests.report(try #require(orders.first), event: .fail))
            let now = try await Self.read(connection)
            #expect(now.goingOn == 1)
            #expect(now.failed == 1)
            #expect(now.outcome == .running)
            let cause = "1 order that failed at SDC-FR, such as observation 1"
            #expect(
                now.lines == [
                    "1 order of SDC-DE waits for \(cause)", "1 order of SDC-FR waits for \(cause)",
                ])
            let group = try #require(now.groups.first)
            #expect(group.producer == "TEST-00000001-OBS-1")
            #expect(group.first == "TEST-00000001-TILE-T2")
            let second = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            try await queue.report(OrderQueueTests.report(try #require(second.first)))
            let end = try await Self.read(connection)
            #expect(end.goingOn == 0)
            #expect(end.outcome == .failed)
            #expect(end.completed == 1)
        }
    }

    @Test("an order that needs one which is not released by the clock is blocked until then")
    func release() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            // The tile is due before the second observation has arrived.
            _ = try await PlanStore(connection).publish(
                Sample.distribution(
                    observations: [Sample.observation("1", day: 30)],
                    tiles: [Sample.tile("T1", day: 1, observations: ["1"])]), Sample.request(1))
            try await Self.register(["SDC-FR"], connection)
            let now = try await Self.read(connection, clock: Sample.start + 10)
            #expect(now.open == 1)
            #expect(now.outcome == .waiting)
            #expect(!now.waitsForRunners)
            #expect(
                now.lines == [
                    "1 order of SDC-FR waits for 1 order at SDC-FR that is not released by then, "
                        + "such as observation 1, at 2027-02-05T00:00:00Z"
                ])
        }
    }

    @Test("where every due order is completed it is over, and other surveys do not matter")
    func completed() async throws {
        try await withOrders { queue, connection in
            let clock = Sample.start + 2
            let orders = try await queue.take(sdc: "SDC-FR", limit: 9, clock: clock, runner: "r")
            #expect(orders.count == 1)
            try await queue.report(OrderQueueTests.report(orders[0]))
            // Tile T2 is due as well.
            #expect(try await Self.read(connection, clock: clock).open == 1)
            let tile = try await queue.take(sdc: "SDC-DE", limit: 9, clock: clock, runner: "r")
            try await queue.report(OrderQueueTests.report(tile[0]))
            #expect(try await Self.read(connection, clock: clock).outcome == .completed)
            let other = try await BlockedOrders.read(
                connection, clock: OrderQueueTests.late, survey: "OTHER")
            #expect(other.outcome == .completed)
            #expect(other.open == 0)
        }
    }

    @Test("of two causes the one is told that somebody has to do something about")
    func worst() async throws {
        try await withOrders { queue, connection in
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            try await queue.report(
                OrderQueueTests.report(try #require(orders.first), event: .abort))
            let cause = "1 order that was stopped at SDC-FR, such as observation 1"
            #expect(
                try await Self.read(connection).lines == [
                    "1 order of SDC-DE waits for \(cause)", "1 order of SDC-FR waits for \(cause)",
                    "1 order of SDC-FR waits: no runner has served SDC-FR",
                ])
        }
    }
}
