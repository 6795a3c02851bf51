import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

/// What a failover does with the orders that the lost SDC's runner has taken.
@Suite struct FailoverOrdersTests {
    private static let lost: ID<ProcessingOrder> = "TEST-00000001-OBS-1"

    /// The chain with everything of SDC-FR at SDC-DE.
    private static let failover = Sample.distribution(
        "failover",
        observations: [
            Sample.observation("1", primary: "SDC-DE", secondary: "SDC-IT"),
            Sample.observation("2", day: 1, primary: "SDC-DE", secondary: "SDC-IT"),
        ],
        tiles: [
            Sample.tile(
                "T1", day: 1, primary: "SDC-DE", secondary: "SDC-IT", observations: ["1", "2"]),
            Sample.tile("T2", primary: "SDC-DE", secondary: "SDC-IT", observations: ["1"]),
        ])

    private static func publish(
        _ store: PlanStore, takesOver: Bool = true
    ) async throws -> Publication? {
        var request = Sample.request(2, running: .keep)
        request.failoverOf = "SDC-FR"
        request.takesOver = takesOver
        guard case .published(let publication) = try await store.publish(failover, request) else {
            return nil
        }
        return publication
    }

    /// The first order is taken at SDC-FR, whose runner was last heard of an hour ago.
    private func withTaken(
        silent: Bool = true,
        _ body: @Sendable (PlanStore, OrderQueue, ProcessingOrder, Connection) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Sample.chain, Sample.request(1))
            _ = try await RunnerRegistry(connection).register(
                sdc: "SDC-FR", host: "h", folder: "/f", process: 1, lease: 600)
            let queue = OrderQueue(connection)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            if silent {
                try await connection.query(
                    """
                    UPDATE sgs.runner SET since = since - interval '1 h',
                        last_sign = last_sign - interval '1 h'
                    """)
            }
            try await body(store, queue, try #require(orders.first), connection)
        }
    }

    @Test("what a silent runner had taken is done by the SDC that gets the item, from the start")
    func takenOver() async throws {
        try await withTaken { store, queue, order, connection in
            let publication = try #require(try await Self.publish(store))
            #expect(publication.orders.takenOver == 1)
            #expect(publication.orders.overtaken == 0)
            // Both observations and both tiles; one of them was taken.
            #expect(publication.orders.withdrawn == 4)
            #expect(publication.orders.created == 4)
            let german = try await queue.take(
                sdc: "SDC-DE", limit: 9, clock: OrderQueueTests.late, runner: "r")
            #expect(german.map(\.item) == [.observation("1"), .observation("2")])
            for order in german { try await queue.report(OrderQueueTests.report(order)) }
            // Tiles wait for the new orders, not for the lost one.
            let tiles = try await queue.take(
                sdc: "SDC-DE", limit: 9, clock: OrderQueueTests.late, runner: "r")
            #expect(Set(tiles.map(\.item)) == [.tile("T1"), .tile("T2")])
            // The lost runner comes back and reports: nothing is written twice.
            let late = await catalogueError {
                try await queue.report(OrderQueueTests.report(order))
            }
            #expect(late?.code == .illegalChange)
            let life = OrderLife(try await OrderStore(connection).details(of: Self.lost)).steps
            #expect(life.last?.what == "withdrawn by revision 2")
        }
    }

    @Test("what a runner that is there has taken stays with it, as does all with --keep-taken")
    func kept() async throws {
        try await withTaken(silent: false) { store, queue, _, _ in
            let publication = try #require(try await Self.publish(store))
            #expect(publication.orders.takenOver == 0)
            #expect(publication.orders.overtaken == 1)
            #expect(try await queue.taken(sdc: "SDC-FR").map(\.id) == [Self.lost])
        }
        try await withTaken { store, queue, order, _ in
            let publication = try #require(try await Self.publish(store, takesOver: false))
            #expect(publication.orders.overtaken == 1)
            try await queue.report(OrderQueueTests.report(order))
            #expect(try await queue.counts(sdc: "SDC-FR")[.completed] == 1)
        }
    }
}
