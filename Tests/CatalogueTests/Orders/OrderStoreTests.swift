import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct OrderStoreTests {
    private static let first: ID<ProcessingOrder> = "TEST-00000001-OBS-1"
    private static let second: ID<ProcessingOrder> = "TEST-00000001-OBS-2"
    private static let tile: ID<ProcessingOrder> = "TEST-00000001-TILE-T1"

    private func withStore(
        _ body: @Sendable (OrderStore, OrderQueue, String) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            try await body(OrderStore(connection), OrderQueue(connection), url)
        }
    }

    private static func take(_ queue: OrderQueue, limit: Int = 9) async throws -> [ProcessingOrder]
    {
        try await queue.take(
            sdc: "SDC-FR", limit: limit, clock: OrderQueueTests.late, runner: "r")
    }

    @Test("orders are listed by SDC, state, item and survey, in the order in which they run")
    func list() async throws {
        try await withStore { store, _, _ in
            func ids(_ change: (inout OrderFilter) -> Void) async throws -> [String] {
                var filter = OrderFilter()
                change(&filter)
                return try await store.list(filter).map { String($0.id.text.dropFirst(14)) }
            }
            #expect(try await ids { _ in } == ["TILE-T2", "OBS-1", "OBS-2", "TILE-T1"])
            try await store.prioritise(Self.tile, 7, by: "op")
            #expect(try await ids { $0.sdc = "SDC-FR" } == ["TILE-T1", "OBS-1", "OBS-2"])
            #expect(try await ids { $0.item = "2" } == ["OBS-2"])
            #expect(try await ids { $0.survey = "OTHER" } == [])
            _ = try await store.cancel(Self.first, by: "op")
            #expect(try await ids { $0.states = [.withdrawn] } == ["OBS-1"])
            #expect(try await ids { $0.states = [.withdrawn, .error] } == ["OBS-1"])
        }
    }

    @Test("an order is shown with its reports, steps, products, transfers and events")
    func details() async throws {
        try await withStore { store, queue, _ in
            let order = try await Self.take(queue)[0]
            try await queue.report(OrderQueueTests.report(order, event: .fail))
            try await store.retry(Self.first, by: "op", because: "the disk was full")
            let again = try await Self.take(queue)[0]
            let product = Product(
                name: "observation/1/frames", item: again.item, order: again.id, bytes: 12,
                sha256: String(repeating: "0a", count: 32), madeFrom: ["raw/1"])
            let transfer = Transfer(
                product: product.name, from: "SDC-FR", to: "SDC-DE", purpose: .replica, bytes: 12,
                order: again.id,
                window: TimeWindow(start: OrderQueueTests.late, end: OrderQueueTests.late))
            try await queue.report(
                OrderQueueTests.report(again, products: [product], transfers: [transfer]))
            let details = try await store.details(of: Self.first)
            #expect(details.entry.state == .completed)
            #expect(details.entry.taken == 2)
            #expect(details.entry.runner == "r")
            #expect(details.reports.map(\.event) == ["fail", "complete"])
            #expect(details.reports.map(\.taken) == [1, 2])
            #expect(details.reports.map { $0.steps.map(\.exitCode) } == [[1], [0]])
            #expect(details.reports.map(\.transfers) == [[], [transfer]])
            #expect(details.products.map(\.product) == [product])
            #expect(details.products.map(\.sdcs) == [["SDC-DE", "SDC-FR"]])
            #expect(details.events.map(\.kind) == [.retry])
            #expect(details.events.map(\.comment) == ["the disk was full"])
            let tile = try await store.details(of: Self.tile)
            #expect(tile.inputs.map(\.item) == [.observation("1"), .observation("2")])
            #expect(tile.inputs.map(\.producer?.state) == [.completed, .executing])
            let unknown = await catalogueError { try await store.details(of: "none") }
            #expect(unknown?.code == .unknownItem)
        }
    }

    @Test("an order that no runner has is withdrawn, and publishing gives its item another one")
    func cancelAllocated() async throws {
        try await withStore { store, queue, url in
            #expect(try await store.cancel(Self.second, by: "op", because: "wrong") == .withdrawn)
            #expect(try await Self.take(queue).map(\.id) == [Self.first])
            let details = try await store.details(of: Self.second)
            #expect(details.entry.state == .withdrawn)
            #expect(details.events.map(\.kind) == [.withdraw])
            let again = await catalogueError { try await store.cancel(Self.second, by: "op") }
            #expect(again?.code == .illegalChange)
            #expect(again?.code.exitStatus == .failure)
            #expect(
                again?.message
                    == "processing order \(Self.second) is WITHDRAWN: no cancel from there")
            guard
                case .published(let publication) = try await PlanStore(Connection.open(url))
                    .publish(Sample.chain, Sample.request(2))
            else {
                Issue.record("not published")
                return
            }
            #expect(publication.orders.created == 1)
        }
    }

    @Test("of an order that a runner has it is asked to stop it, by a message and when it looks")
    func cancelExecuting() async throws {
        try await withStore { store, queue, url in
            _ = try await Self.take(queue, limit: 1)
            #expect(
                try await queue.wishes(sdc: "SDC-FR")
                    == [OrderWish(order: Self.first, priority: 0)])
            let other = OrderQueue(try await Connection.open(url))
            var notices = try await other.notifications().makeAsyncIterator()
            #expect(try await store.cancel(Self.first, by: "op", because: "bad data") == .asked)
            #expect(try await notices.next() == "SDC-FR")
            #expect(try await store.cancel(Self.first, by: "op") == .askedBefore)
            try await store.prioritise(Self.first, 4, by: "op")
            let wish = OrderWish(
                order: Self.first, priority: 4, cancellation: "cancelled by op: bad data")
            #expect(try await queue.wishes(sdc: "SDC-FR") == [wish])
            #expect(try await queue.wishes(sdc: "SDC-DE").isEmpty)
            let order = try await queue.taken(sdc: "SDC-FR")[0]
            try await queue.report(OrderQueueTests.report(order, event: .abort))
            #expect(try await queue.wishes(sdc: "SDC-FR").isEmpty)
            // The wish was for that taking: the order may be retried.
            try await store.retry(Self.first, by: "op")
            #expect(try await Self.take(queue, limit: 1).map(\.id) == [Self.first])
            #expect(
                try await queue.wishes(sdc: "SDC-FR")
                    == [OrderWish(order: Self.first, priority: 4)])
        }
    }

    @Test("an order that has ended gets no other priority")
    func priorityOfEnded() async throws {
        try await withStore { store, queue, _ in
            let order = try await Self.take(queue, limit: 1)[0]
            try await queue.report(OrderQueueTests.report(order))
            let error = await catalogueError { try await store.prioritise(order.id, 1, by: "op") }
            #expect(error?.code == .illegalChange)
            #expect(
                error?.message
                    == "processing order \(order.id) is COMPLETED: no priority from there"
            )
            #expect(try await store.details(of: order.id).events.isEmpty)
        }
    }

    @Test("the reason of an order follows what happens to its inputs and to the runners")
    func reason() async throws {
        try await withStore { store, queue, url in
            func why(_ order: ID<ProcessingOrder>) async throws -> String {
                try await store.reason(of: order, clock: OrderQueueTests.late).text
            }
            let early = try await store.reason(of: Self.first, clock: Sample.start)
            #expect(early.kind == .release)
            #expect(early.text == "waits for its release at 2027-01-06T00:00:00Z")
            #expect(try await why(Self.first) == "may run, but no runner has served SDC-FR")
            let registry = RunnerRegistry(try await Connection.open(url))
            _ = try await registry.register(sdc: "SDC-FR", host: "h", folder: "/f", process: 1)
            #expect(
                try await why(Self.tile)
                    == "needs observation 1 of SDC-FR, which is not taken, and 1 more")
            let orders = try await Self.take(queue)
            try await queue.report(OrderQueueTests.report(orders[0]))
            #expect(try await why(Self.tile) == "needs observation 2 of SDC-FR, which runs")
            try await queue.report(OrderQueueTests.report(orders[1], event: .fail))
            #expect(try await why(Self.tile) == "needs observation 2 of SDC-FR, which failed")
            #expect(
                try await why(Self.second)
                    == "failed at 2027-02-23T00:14:24Z; sgs orders retry lets it run again")
        }
    }
}
