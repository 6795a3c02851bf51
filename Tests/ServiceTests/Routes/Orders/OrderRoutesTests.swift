import Catalogue
import GroundSegment
import PostgreSQL
import Testing

@testable import Service

@Suite struct OrderRoutesTests {
    /// The first order of an SDC fails.
    private static func fail(_ sdc: ID<SDC>, _ service: RunningService) async throws {
        let connection = try await Connection.open(service.database)
        let queue = OrderQueue(connection)
        let clock = ServiceSample.start + 5
        let orders = try await queue.take(sdc: sdc, limit: 1, clock: clock, runner: "r")
        let window = TimeWindow(start: clock, end: clock)
        for order in orders {
            try await queue.report(
                OrderReport(
                    order: order.id, sdc: order.sdc, event: .fail, attempt: 1, steps: [],
                    products: [], transfers: [], window: window, message: "the disk was full"))
        }
        await connection.close()
    }

    @Test("orders are counted by SDC, week and state")
    func progress() async throws {
        try await RunningService.with { service in
            try await Self.fail("SDC-FR", service)
            let reply = try await service.get("/v1/progress")
            #expect(try reply.column("sdc") == ["SDC-FR", "SDC-IT"])
            #expect(try reply.column("week") == ["2027-01-04", "2027-01-04"])
            #expect(try reply.column("error") == ["1", "0"])
            #expect(try reply.column("allocated") == ["4", "1"])
            #expect(try reply.column("late") == ["0", "0"])
            #expect(try await service.get("/v1/progress?survey=none").status == 404)
        }
    }

    @Test("orders are listed one by one, failed ones first, each with what it waits for")
    func orders() async throws {
        try await RunningService.with([ServiceSample.plan(over: "1")]) { service in
            try await Self.fail("SDC-FR", service)
            let all = try await service.get("/v1/orders")
            #expect(try all.column("id").count == 6)
            #expect(try all.column("state").first == "ERROR")
            #expect(try all.column("message").first == "the disk was full")
            #expect(try all.column("waits_for").first == "ended")
            let failed = try #require(try all.column("id").first)
            #expect(try all.column("kind").first == "observation")
            let tiles = try await service.get("/v1/orders?tile=" + ServiceSample.equator(0))
            #expect(try tiles.column("waits_for") == ["release"])
            var path: String? = "/v1/orders?limit=1"
            var found: [String] = []
            while let here = path {
                let reply = try await service.get(here)
                found += try reply.column("order")
                path = reply.headers["link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
            }
            #expect(try found == all.column("order"))
            for (query, ids) in [
                ("state=ERROR", [failed]), ("sdc=SDC-IT", [ServiceSample.equator(2)]),
                ("observation=1", ["1"]), ("week=2027-01-11", []), ("late=yes", []),
                ("week=2027-01-04", try all.column("id")),
            ] {
                let reply = try await service.get("/v1/orders?" + query)
                #expect(try reply.column("id") == ids, "\(query)")
            }
            for after in ["x", "0/1", "0/x/1", "99999999999/1/1"] {
                let reply = try await service.get("/v1/orders?after=" + after)
                #expect(reply.status == 404, "\(after)")
            }
        }
    }

    @Test("the progress page shows errors first and is whole without its script")
    func page() async throws {
        try await RunningService.with { service in
            try await Self.fail("SDC-FR", service)
            let page = try await service.get("/progress?sdc=SDC-FR")
            #expect(page.text.contains("Of 6 orders: 5 allocated, 1 error. 0 are late"))
            let rows = page.text.components(separatedBy: "<h2>Orders</h2>")
            #expect(rows.count == 2)
            let states = (rows.last ?? "").matches(of: /class="state-([a-z]+)"/).map {
                String($0.1)
            }
            #expect(states == ["error", "allocated", "allocated", "allocated", "allocated"])
            #expect(page.text.contains("failed: the disk was full"))
            #expect(page.text.contains("<script src=\"/progress.js\" defer></script>"))
            let script = try await service.get("/progress.js")
            #expect(script.headers["content-type"] == "text/javascript; charset=utf-8")
            #expect(!script.text.contains("http"))
        }
    }
}
