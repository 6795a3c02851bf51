import Catalogue
import Foundation
import GroundSegment
import PostgreSQL
import Testing

@testable import Service

@Suite struct NoticeRoutesTests {
    /// What elements of the entries hold.
    private static func contents(_ name: String, _ feed: String) throws -> [String] {
        let entries = feed.split(separator: "<entry>").dropFirst()
        return try entries.map { entry in
            let start = try #require(entry.range(of: "<\(name)>")?.upperBound)
            return String(entry[start...].prefix { $0 != "<" })
        }
    }

    @Test("the feed tells of failed orders, late weeks and plans, the newest first")
    func feed() async throws {
        // Two orders of the plan of a month before are not in the new one; one of them stays late.
        let old = ServiceSample.plan("old", from: -28, more: ["8", "9"])
        try await RunningService.with([old, ServiceSample.plan("<new>")]) { service in
            let connection = try await Connection.open(service.database)
            let queue = OrderQueue(connection)
            let clock = ServiceSample.start + 5
            let orders = try await queue.take(sdc: "SDC-FR", limit: 1, clock: clock, runner: "r")
            let order = try #require(orders.first)
            try await queue.report(
                OrderReport(
                    order: order.id, sdc: order.sdc, event: .fail, attempt: 1, steps: [],
                    products: [], transfers: [], window: TimeWindow(start: clock, end: clock),
                    message: "exit <3>"))
            await connection.close()
            let reply = try await service.get("/feed.atom")
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"]?.hasPrefix("application/atom+xml") == true)
            let titles = try Self.contents("title", reply.text)
            #expect(
                titles.filter { !$0.contains(" late ") } == [
                    "\(order.item) of TEST failed at SDC-FR",
                    "&lt;new&gt;, revision 2 of TEST, published",
                    "old, revision 1 of TEST, published",
                ])
            #expect(
                titles.filter { $0.contains(" late ") } == [
                    "1 order is late at SDC-FR, released in the week of 2026-12-07, of TEST"
                ])
            #expect(try Self.contents("summary", reply.text).contains("exit &lt;3&gt;"))
            let ids = try Self.contents("id", reply.text)
            #expect(ids.contains("https://archive.example/orders/\(order.id)#failed-1"))
            #expect(Set(ids).count == ids.count)
            let times = try Self.contents("updated", reply.text)
            #expect(times == times.sorted(by: >))
            let table = try await service.get("/v1/notices")
            #expect(try table.column("title").count == titles.count)
            let tag = try #require(reply.headers["etag"])
            let again = try await service.get("/feed.atom", ["If-None-Match": tag])
            #expect(again.status == 304)
        }
    }
}
