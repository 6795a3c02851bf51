import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct SoleHoldingTests {
    @Test(
        "what only one SDC holds is told with the orders that need it, and not what has a replica")
    func read() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let queue = OrderQueue(connection)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 2, clock: OrderQueueTests.late, runner: "r")
            func product(_ order: ProcessingOrder, _ name: String) -> Product {
                Product(
                    name: "\(order.item)/\(name)", item: order.item, order: order.id, bytes: 100,
                    sha256: String(repeating: "0a", count: 32), madeFrom: [])
            }
            let first = [product(orders[0], "a"), product(orders[0], "b")]
            let second = product(orders[1], "a")
            try await queue.report(OrderQueueTests.report(orders[0], products: first))
            try await queue.report(
                OrderQueueTests.report(
                    orders[1], products: [second],
                    transfers: [
                        Transfer(
                            product: second.name, from: "SDC-FR", to: "SDC-DE", purpose: .replica,
                            bytes: 100, order: orders[1].id,
                            window: TimeWindow(
                                start: OrderQueueTests.late, end: OrderQueueTests.late))
                    ]))
            let all = try await SoleHolding.read(of: "SDC-FR", connection)
            let only = try #require(all.first)
            #expect(all.count == 1)
            #expect(only.item == .observation("1"))
            #expect(only.products == 2)
            #expect(only.bytes == 200)
            // Tile T2 at SDC-DE is released before tile T1 at SDC-FR.
            #expect(only.dependents == 2)
            #expect(only.elsewhere == 1)
            #expect(only.first?.sdc == "SDC-DE")
            #expect(only.first?.release == Sample.start + 2)
            let later = try await SoleHolding.read(
                of: "SDC-FR",
                window: TimeWindow(start: Sample.start + 3, end: Sample.start + 4), connection)
            #expect(later.map(\.dependents) == [1])
            #expect(later.map(\.elsewhere) == [0])
            #expect(try await SoleHolding.read(of: "SDC-DE", connection).isEmpty)
            let other = try await SoleHolding.read(
                of: "SDC-FR", survey: "OTHER", connection)
            #expect(other.isEmpty)
            let error = await catalogueError {
                try await SoleHolding.read(of: "SDC-RF", connection)
            }
            #expect(error?.code == .unknownItem)
        }
    }
}
