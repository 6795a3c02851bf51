import Catalogue
import GroundSegment
import PostgreSQL
import Testing

@testable import Service

@Suite struct OrderPagesTests {
    private static let clock = ServiceSample.start + 5

    /// The first observation's order fails at SDC-FR and is moved to SDC-DE, which does it.
    private static func move(_ service: RunningService) async throws -> ID<ProcessingOrder> {
        let connection = try await Connection.open(service.database)
        let queue = OrderQueue(connection)
        func take(_ sdc: ID<SDC>) async throws -> ProcessingOrder {
            let orders = try await queue.take(sdc: sdc, limit: 1, clock: clock, runner: "runner")
            return try #require(orders.first)
        }
        func report(
            _ order: ProcessingOrder, _ event: OrderState.Event, _ products: [Product] = []
        ) async throws {
            try await queue.report(
                OrderReport(
                    order: order.id, sdc: order.sdc, event: event, attempt: 1, steps: [],
                    products: products, transfers: [],
                    window: TimeWindow(start: clock, end: clock),
                    message: event == .fail ? "the disk was <full>" : ""))
        }
        let order = try await take("SDC-FR")
        try await report(order, .fail)
        _ = try await OrderStore(connection).reassign(
            order.id, to: .secondary, by: "op", because: "no disk")
        let product = Product(
            name: "observation/frames", item: order.item, order: order.id, bytes: 12_345,
            sha256: String(repeating: "0a", count: 32), madeFrom: [])
        try await report(try await take("SDC-DE"), .complete, [product])
        await connection.close()
        return order.id
    }

    @Test("an order's page tells its life, what it made and the commands, as its twin does")
    func order() async throws {
        try await RunningService.with([ServiceSample.plan(over: "1")]) { service in
            let id = try await Self.move(service)
            let page = try await service.get("/orders/\(id)")
            #expect(page.status == 200)
            for text in [
                "the disk was &lt;full&gt;", "moved to SDC-DE", "no disk",
                "taken at SDC-DE, time 2", "observation/frames", "12,345",
                "moved there from SDC-FR", "<code>sgs orders show \(id)</code>",
            ] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(!page.text.contains("sgs orders reassign"))
            let data = try await service.get("/v1/orders/\(id)")
            #expect(data.headers["content-type"] == "application/json")
            #expect(try data.member("state") == "COMPLETED")
            #expect(try data.member("sdc") == "SDC-DE")
            #expect(data.text.contains("taken at SDC-DE, time 2"))
            let other = try await service.get("/v1/orders?tile=" + ServiceSample.equator(0))
            let tile = try #require(try other.column("order").first)
            let waiting = try await service.get("/orders/\(tile)")
            #expect(waiting.text.contains("sgs orders reassign \(tile) --to-secondary"))
            #expect(waiting.text.contains("<a href=\"/orders/\(id)\">"))
            for path in ["/orders/none", "/v1/orders/none"] {
                #expect(try await service.get(path).status == 404, "\(path)")
            }
        }
    }

    @Test("the list is narrowed by SDC, state, pipeline and item, and counts what it has")
    func list() async throws {
        try await RunningService.with([ServiceSample.plan(over: "1")]) { service in
            _ = try await Self.move(service)
            let all = try await service.get("/orders")
            #expect(all.text.contains("6 orders, of which 0 are late"))
            #expect(all.text.contains("/orders?sdc=SDC-DE&amp;state=COMPLETED"))
            for (query, count) in [
                ("pipeline=tile", 3), ("pipeline=tile&sdc=SDC-IT", 1), ("state=COMPLETED", 1),
                ("observation=2", 1), ("sdc=&state=&observation=&tile=", 6), ("state=ERROR", 0),
            ] {
                let page = try await service.get("/orders?" + query)
                #expect(page.status == 200, "\(query)")
                let noun = count == 1 ? "1 order," : "\(count) orders,"
                #expect(page.text.contains(noun), "\(query)")
                // A form sends what is not chosen as well; programs leave it out.
                guard !query.hasSuffix("=") else { continue }
                let data = try await service.get("/v1/order-counts?" + query)
                #expect(
                    try data.column("orders").compactMap { Int($0) }.reduce(0, +) == count,
                    "\(query)")
                #expect(
                    try await service.get("/v1/orders?" + query).column("order").count == count)
            }
        }
    }

    @Test("pages of SDCs tell a runner that gives no sign from one that ended, and from none")
    func runners() async throws {
        try await RunningService.with { service in
            let connection = try await Connection.open(service.database)
            let registry = RunnerRegistry(connection)
            for sdc in ["SDC-DE", "SDC-FR"] {
                let lease = try await registry.register(
                    sdc: ID(sdc), host: "host-\(sdc)", folder: "/f", process: 1, lease: 60)
                if sdc == "SDC-DE" { try await registry.end(lease) }
            }
            try await connection.query(
                """
                UPDATE sgs.runner SET since = since - interval '750 s',
                    last_sign = last_sign - interval '750 s'
                """)
            await connection.close()
            let all = try await service.get("/sdcs").text
            #expect(all.contains("<span class=\"is-late\">no sign since 12 min</span>"))
            #expect(all.contains("ended at "))
            #expect(all.contains("host-SDC-FR"))
            let data = try await service.get("/v1/runners")
            #expect(try data.column("state") == ["ended", "silent"])
            #expect(try await service.get("/sdcs/SDC-FR").text.contains("no sign since 12 min"))
            #expect(try await service.get("/sdcs/SDC-DE").text.contains("ended at "))
            let none = try await service.get("/sdcs/SDC-IT").text
            #expect(none.contains(/Runner<\/th>\s*<td>none/))
        }
    }

    @Test("a text that a shell would read otherwise is quoted in commands")
    func quoting() {
        let entry = OrderEntry(
            id: "a b'c", survey: "E", item: .tile("7"), pipeline: "tile", softwareRelease: "1.0",
            sdc: "SDC-FR", replicaAt: "SDC-IT", state: .error, release: ServiceSample.start,
            priority: 0)
        #expect(
            OrderCommands.lines(for: entry) == [
                #"sgs orders show 'a b'\''c'"#, #"sgs orders why 'a b'\''c'"#,
                #"sgs orders retry 'a b'\''c' --comment "why""#,
                #"sgs orders reassign 'a b'\''c' --to-secondary --reason "why""#,
            ])
    }
}
