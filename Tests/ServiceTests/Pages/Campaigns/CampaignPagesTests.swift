import Catalogue
import GroundSegment
import PostgreSQL
import Testing

@testable import Service

@Suite struct CampaignPagesTests {
    private static let clock = ServiceSample.start + 5

    /// The first observation's order fails at SDC-FR.
    private static func fail(_ service: RunningService) async throws -> ID<ProcessingOrder> {
        let connection = try await Connection.open(service.database)
        let queue = OrderQueue(connection)
        let orders = try await queue.take(sdc: "SDC-FR", limit: 1, clock: clock, runner: "runner")
        let order = try #require(orders.first)
        try await queue.report(
            OrderReport(
                order: order.id, sdc: order.sdc, event: .fail, attempt: 1, steps: [], products: [],
                transfers: [], window: TimeWindow(start: clock, end: clock),
                message: "no <space> left"))
        await connection.close()
        return order.id
    }

    @Test("the list has the daily processing, and says how many campaigns wait for somebody")
    func list() async throws {
        try await RunningService.with([ServiceSample.plan(over: "1")]) { service in
            let before = try await service.get("/campaigns")
            #expect(before.status == 200)
            #expect(before.text.contains("1 campaign, none of which has a failed job"))
            _ = try await Self.fail(service)
            let after = try await service.get("/campaigns")
            #expect(after.text.contains("Of 1 campaign, 1 has failed jobs or held tasks."))
            #expect(after.text.contains("/campaigns/daily?survey="))
            let data = try await service.get("/v1/campaigns")
            #expect(data.headers["content-type"] == "application/json")
            #expect(data.text.contains("\"name\": \"daily\""))
        }
    }

    @Test("a campaign's page tells what failed first, draws the graph and says why no end is known")
    func one() async throws {
        try await RunningService.with([ServiceSample.plan(over: "1")]) { service in
            let order = try await Self.fail(service)
            let page = try await service.get("/campaigns/daily")
            #expect(page.status == 200)
            for text in [
                "no &lt;space&gt; left", "/orders/\(order)", "Graph of the campaign",
                "class=\"bad\"", "href=\"#task-observation\"", "id=\"task-observation\"",
                "jobs are left; none has ended of late", "SDC-IT",
                "sgs campaign why daily/tile",
                "what is published is processed",
            ] {
                #expect(page.text.contains(text), "\(text)")
            }
            let failed = try #require(page.text.range(of: "Failed jobs"))
            let graph = try #require(page.text.range(of: "Graph of the campaign"))
            #expect(failed.lowerBound < graph.lowerBound)
            let data = try await service.get("/v1/campaigns/daily")
            #expect(data.text.contains("\"forecast\": null"))
            #expect(data.text.contains("no <space> left"))
        }
    }

    @Test("an unknown campaign is not found")
    func unknown() async throws {
        try await RunningService.with([ServiceSample.plan(over: "1")]) { service in
            for path in ["/campaigns/none", "/v1/campaigns/none", "/campaigns/daily?survey=other"] {
                let answer = try await service.get(path)
                #expect(answer.status == 404, "\(path)")
            }
        }
    }
}
