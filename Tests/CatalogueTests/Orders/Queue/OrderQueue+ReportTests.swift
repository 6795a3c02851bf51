import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct OrderQueueReportTests {
    private static let digest = String(repeating: "0a", count: 32)

    private func withTaken(
        _ body: @Sendable (OrderQueue, Connection, ProcessingOrder) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let queue = OrderQueue(connection)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            try await body(queue, connection, try #require(orders.first))
        }
    }

    private static func product(_ name: String, of order: ProcessingOrder, from: [String])
        -> Product
    {
        Product(
            name: name, item: order.item, order: order.id, bytes: 12, sha256: digest, madeFrom: from
        )
    }

    private static func transfer(
        _ product: String, for order: ProcessingOrder, to: ID<SDC>, _ purpose: Transfer.Purpose
    ) -> Transfer {
        Transfer(
            product: product, from: order.sdc, to: to, purpose: purpose, bytes: 12, order: order.id,
            window: TimeWindow(start: OrderQueueTests.late, end: OrderQueueTests.late))
    }

    @Test("products are found at the SDC that made them and where replicas went, not at copies")
    func locations() async throws {
        try await withTaken { queue, _, order in
            let products = [
                Self.product("observation/1/frames", of: order, from: ["raw/1", "raw/0"]),
                Self.product("observation/1/catalogue", of: order, from: ["observation/1/frames"]),
            ]
            try await queue.report(
                OrderQueueTests.report(
                    order, products: products,
                    transfers: [
                        Self.transfer("observation/1/frames", for: order, to: "SDC-DE", .replica),
                        Self.transfer("observation/1/frames", for: order, to: "SDC-IT", .copy),
                    ]))
            let held = try await queue.locations(
                of: [.observation("1"), .observation("2"), .tile("1")], survey: Sample.survey)
            #expect(Array(held.keys) == [.observation("1")])
            let found = try #require(held[.observation("1")])
            #expect(
                found.map(\.product.name) == ["observation/1/catalogue", "observation/1/frames"])
            #expect(found.map(\.sdcs) == [["SDC-FR"], ["SDC-DE", "SDC-FR"]])
            #expect(found[1].product.madeFrom == ["raw/0", "raw/1"])
            #expect(found[0].product == products[1])
        }
    }

    @Test("a report that is sent again counts once")
    func idempotent() async throws {
        try await withTaken { queue, connection, order in
            let report = OrderQueueTests.report(
                order, products: [Self.product("a", of: order, from: [])])
            let results = try await [queue.report(report), queue.report(report)]
            #expect(results == [.recorded, .duplicate])
            #expect(try await connection.count("SELECT count(*) AS n FROM sgs.order_report") == 1)
            #expect(try await connection.count("SELECT count(*) AS n FROM sgs.step_run") == 1)
            #expect(try await queue.counts(sdc: "SDC-FR")[.completed] == 1)
            let other = await catalogueError {
                try await queue.report(OrderQueueTests.report(order, event: .fail))
            }
            #expect(
                other?.message == "processing order \(order.id) is COMPLETED: no fail from there")
        }
    }

    @Test("after a retry the old report is a duplicate and a new one of the same attempt counts")
    func afterRetry() async throws {
        try await withTaken { queue, connection, order in
            let failed = OrderQueueTests.report(order, event: .fail)
            #expect(try await queue.report(failed) == .recorded)
            try await OrderStore(connection).retry(order.id, by: "op")
            let again = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            #expect(again.map(\.id) == [order.id])
            #expect(try await queue.report(failed) == .duplicate)
            #expect(try await queue.report(OrderQueueTests.report(order)) == .recorded)
            #expect(
                try await connection.count(
                    "SELECT taken AS n FROM sgs.processing_order WHERE state = 'COMPLETED'") == 2)
        }
    }

    @Test("another SDC's report and one of an unknown product are refused and leave nothing")
    func refused() async throws {
        try await withTaken { queue, connection, order in
            let report = OrderQueueTests.report(order)
            let foreign = OrderReport(
                order: order.id, sdc: "SDC-IT", event: .complete, attempt: 1, steps: [],
                products: [],
                transfers: [], window: report.window)
            let error = await catalogueError { try await queue.report(foreign) }
            #expect(
                error?.message == "processing order \(order.id) is SDC-FR's, and SDC-IT reported it"
            )
            let stray = OrderQueueTests.report(
                order, transfers: [Self.transfer("nothing", for: order, to: "SDC-IT", .copy)])
            #expect(await catalogueError { try await queue.report(stray) }?.code == .unknownItem)
            let reports = try await connection.count("SELECT count(*) AS n FROM sgs.order_report")
            #expect(reports == 0)
            #expect(try await queue.counts(sdc: "SDC-FR")[.executing] == 1)
        }
    }
}
