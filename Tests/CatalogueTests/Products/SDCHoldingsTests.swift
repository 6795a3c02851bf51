import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct SDCHoldingsTests {
    @Test("what only one SDC holds, what is done and what it has taken are told apart")
    func holdings() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let queue = OrderQueue(connection)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 2, clock: OrderQueueTests.late, runner: "r")
            let digest = String(repeating: "0a", count: 32)
            func product(_ name: String) -> Product {
                Product(
                    name: name, item: orders[0].item, order: orders[0].id, bytes: 12,
                    sha256: digest, madeFrom: [])
            }
            try await queue.report(
                OrderQueueTests.report(
                    orders[0], products: [product("alone"), product("shared")],
                    transfers: [
                        Transfer(
                            product: "shared", from: "SDC-FR", to: "SDC-DE", purpose: .replica,
                            bytes: 12, order: orders[0].id,
                            window: TimeWindow(
                                start: OrderQueueTests.late, end: OrderQueueTests.late))
                    ]))
            let french = try await SDCHoldings(of: "SDC-FR", survey: Sample.survey, connection)
            #expect(french.onlyThere.map(\.name) == ["alone"])
            #expect(french.done == [.observation("1")])
            #expect(french.taken == [orders[1].id])
            let german = try await SDCHoldings(of: "SDC-DE", survey: Sample.survey, connection)
            #expect(german.onlyThere.isEmpty)
            #expect(german.taken.isEmpty)
            let error = await catalogueError {
                try await SDCHoldings(of: "SDC-XX", survey: Sample.survey, connection)
            }
            #expect(error?.code == .unknownItem)
        }
    }
}
