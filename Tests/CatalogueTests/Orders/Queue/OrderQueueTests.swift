import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct OrderQueueTests {
    static let late = Sample.start + 50

    private func withQueue(
        _ distribution: Distribution = Sample.chain,
        _ body: @Sendable (OrderQueue, Connection, String) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(distribution, Sample.request(1))
            try await body(OrderQueue(connection), connection, url)
        }
    }

    @Test("an SDC takes its own released orders, with what they need, in order of release")
    func takes() async throws {
        try await withQueue { queue, _, _ in
            let none = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Sample.start + 1.99, runner: "r")
            #expect(none.isEmpty)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
            #expect(orders.map(\.item) == [.observation("1"), .observation("2")])
            let order = try #require(orders.first)
            #expect(order.id == "TEST-00000001-OBS-1")
            #expect(order.pipeline == "observation")
            #expect(order.replicaAt == "SDC-DE")
            #expect(order.release == Sample.start + 2)
            #expect(order.inputs.isEmpty)
            #expect(
                try await queue.take(sdc: "SDC-DE", limit: 9, clock: Self.late, runner: "r").isEmpty
            )
            #expect(try await queue.taken(sdc: "SDC-FR") == orders)
            #expect(try await queue.counts(sdc: "SDC-FR") == [.executing: 2, .allocated: 1])
        }
    }

    @Test("an order of higher priority goes before one that is released earlier")
    func priority() async throws {
        try await withQueue { queue, connection, _ in
            try await connection.query(
                "UPDATE sgs.processing_order SET priority = 5 WHERE id LIKE '%OBS-2'")
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: Self.late, runner: "r")
            #expect(orders.map(\.item) == [.observation("2")])
        }
    }

    @Test("a tile waits until each of its observations is completed, and then its SDC is notified")
    func gating() async throws {
        try await withQueue { queue, _, url in
            let other = OrderQueue(try await Connection.open(url))
            var notices = try await other.notifications().makeAsyncIterator()
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
            try await queue.report(Self.report(orders[0]))
            #expect(
                Set([try await notices.next(), try await notices.next()]) == ["SDC-DE", "SDC-FR"])
            let german = try await queue.take(
                sdc: "SDC-DE", limit: 9, clock: Self.late, runner: "r")
            #expect(german.map(\.item) == [.tile("T2")])
            #expect(
                german[0].inputs == [
                    OrderInput(
                        item: .observation("1"), producer: orders[0].id, volume: Terabytes(0.5))
                ])
            #expect(
                try await queue.take(sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r").isEmpty
            )
            try await queue.report(Self.report(orders[1]))
            let french = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
            #expect(french.map(\.item) == [.tile("T1")])
            #expect(french[0].inputs.map(\.producer) == orders.map(\.id))
        }
    }

    @Test("eight takers at once get every order exactly once")
    func concurrentTakers() async throws {
        let observations = (1...400).map { Sample.observation("\($0)") }
        try await withQueue(Sample.distribution(observations: observations)) { _, _, url in
            let taken = try await withThrowingTaskGroup(of: [ID<ProcessingOrder>].self) { group in
                for runner in 1...8 {
                    group.addTask {
                        let queue = OrderQueue(try await Connection.open(url))
                        var mine: [ID<ProcessingOrder>] = []
                        while true {
                            let orders = try await queue.take(
                                sdc: "SDC-FR", limit: 7, clock: Self.late, runner: "r\(runner)")
                            if orders.isEmpty { return mine }
                            mine += orders.map(\.id)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 400)
            #expect(Set(taken).count == 400)
        }
    }

    @Test("what waits for a failed order is blocked, what waits for a running one is not")
    func waiting() async throws {
        try await withQueue { queue, connection, _ in
            #expect(try await queue.waiting(sdc: "SDC-FR", clock: Sample.start) == 0)
            #expect(try await queue.waiting(sdc: "SDC-FR", clock: Sample.start + 2) == 1)
            #expect(try await queue.waiting(sdc: "SDC-FR", clock: Self.late) == 3)
            #expect(try await queue.waiting(sdc: "SDC-DE", clock: Self.late) == 1)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: Self.late, runner: "r")
            #expect(try await queue.waiting(sdc: "SDC-FR", clock: Self.late) == 3)
            try await queue.report(Self.report(orders[1], event: .fail))
            #expect(try await queue.waiting(sdc: "SDC-FR", clock: Self.late) == 1)
            try await queue.report(Self.report(orders[0]))
            #expect(try await queue.waiting(sdc: "SDC-FR", clock: Self.late) == 0)
            #expect(try await queue.waiting(sdc: "SDC-DE", clock: Self.late) == 1)
            try await OrderStore(connection).retry(orders[1].id, by: "op")
            #expect(try await queue.waiting(sdc: "SDC-FR", clock: Self.late) == 2)
        }
    }

    @Test("a change of state that the life cycle does not know is refused, also by the database")
    func illegal() async throws {
        try await withQueue { _, connection, _ in
            let store = OrderStore(connection)
            let id: ID<ProcessingOrder> = "TEST-00000001-OBS-1"
            let retry = await catalogueError { try await store.retry(id, by: "op") }
            #expect(retry?.code == .illegalChange)
            #expect(retry?.message == "processing order \(id) is ALLOCATED: no retry from there")
            #expect(
                await catalogueError { try await store.retry("none", by: "op") }?.code
                    == .unknownItem)
            do {
                try await connection.query("UPDATE sgs.processing_order SET state = 'COMPLETED'")
                Issue.record("the database took it")
            } catch SQLState.checkViolation {
            }
        }
    }

    static func report(
        _ order: ProcessingOrder, event: OrderState.Event = .complete, attempt: Int = 1,
        products: [Product] = [], transfers: [Transfer] = []
    ) -> OrderReport {
        let window = TimeWindow(start: late, end: late + 0.01)
        return OrderReport(
            order: order.id, sdc: order.sdc, event: event, attempt: attempt,
            steps: [
                StepReport(
                    name: "calibrate", attempt: attempt, exitCode: event == .complete ? 0 : 1,
                    window: window, cores: 2, memory: 2048)
            ], products: products, transfers: transfers, window: window)
    }
}
