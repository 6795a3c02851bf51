import GroundSegment
import Testing

@testable import Execution

/// What every source of orders has to do; each implementation's tests run it.
///
/// The source serves SDC-FR and holds, all of one survey: observation orders 1 (release 50,
/// priority 0), 2 (release 50, priority 5) and 3 (release 200) of SDC-FR, 4 of SDC-IT, and tile
/// order A of SDC-FR, released at 60, which needs 1 and 4.
struct OrderSourceConformance {
    let source: any OrderSource
    /// The same orders as SDC-IT's runner sees them.
    let other: any OrderSource
    let orders: Orders

    struct Orders {
        let first: ProcessingOrder
        let urgent: ProcessingOrder
        let later: ProcessingOrder
        let foreign: ProcessingOrder
        let tile: ProcessingOrder
    }

    static func orders(_ site: TestSite) -> Orders {
        Orders(
            first: site.order("1"), urgent: site.order("2", priority: 5),
            later: site.order("3", release: 200),
            foreign: site.order("4", sdc: "SDC-IT", replicaAt: "SDC-DE"),
            tile: site.tileOrder("A", needing: ["1", "4"], sdc: "SDC-FR", replicaAt: "SDC-IT"))
    }

    /// A report with one product, and its replica where there is one.
    static func report(
        of order: ProcessingOrder, replicaAt replica: ID<SDC>?, event: OrderState.Event
    ) -> OrderReport {
        let window = TimeWindow(start: MJD(61000), end: MJD(61000.5))
        let product = Product(
            name: "\(order.item.kind.rawValue)/\(order.item.text)/frames.fits", item: order.item,
            order: order.id,
            bytes: 3, sha256: String(repeating: "ab", count: 32), madeFrom: ["raw"])
        let transfers = replica.map {
            [
                Transfer(
                    product: product.name, from: order.sdc, to: $0, purpose: .replica, bytes: 3,
                    order: order.id,
                    window: window)
            ]
        }
        return OrderReport(
            order: order.id, sdc: order.sdc, event: event, attempt: 1,
            steps: [
                StepReport(name: "s", attempt: 1, exitCode: 0, window: window, cores: 1, memory: 2)
            ],
            products: event == .complete ? [product] : [],
            transfers: event == .complete ? transfers ?? [] : [],
            window: window, message: event == .complete ? "" : "it failed")
    }

    /// Orders are taken once, released ones only, the urgent first, never another SDC's.
    func takes() async throws {
        #expect(try await source.take(limit: 1, clock: MJD(100)) == [orders.urgent])
        #expect(try await source.take(limit: 9, clock: MJD(100)) == [orders.first])
        #expect(try await source.take(limit: 9, clock: MJD(100)).isEmpty)
        #expect(Set(try await source.taken().map(\.id)) == [orders.first.id, orders.urgent.id])
        #expect(
            try await source.outstanding(clock: MJD(100))
                == OutstandingOrders(waiting: 1, blocked: 0))
        #expect(
            try await source.outstanding(clock: MJD(55))
                == OutstandingOrders(waiting: 0, blocked: 0))
    }

    /// Orders of pipelines that are left are not taken and are held; what needs them does not wait.
    func leaves() async throws {
        let pipelines: Set<String> = ["observation"]
        #expect(try await source.take(limit: 9, clock: MJD(100), leaving: pipelines).isEmpty)
        #expect(
            try await source.outstanding(clock: MJD(100), leaving: pipelines)
                == OutstandingOrders(waiting: 0, blocked: 0, held: 2))
        #expect(
            try await source.outstanding(clock: MJD(100), leaving: ["other"])
                == OutstandingOrders(waiting: 3, blocked: 0))
        #expect(
            try await source.take(limit: 1, clock: MJD(100), leaving: ["other"])
                == [orders.urgent])
    }

    /// An SDC has one runner at a time; one that has ended makes room for the next.
    func registers(_ second: any OrderSource) async throws {
        try await source.signOn(folder: "/here")
        try await other.signOn(folder: "/here")
        do {
            try await second.signOn(folder: "/there")
            Issue.record("two runners serve one SDC")
        } catch let error as ExecutionError {
            #expect(error.code == .busy)
        }
        #expect(try await source.take(limit: 1, clock: MJD(100)) == [orders.urgent])
        await source.signOff()
        try await second.signOn(folder: "/there")
        #expect(try await second.take(limit: 9, clock: MJD(100)) == [orders.first])
    }

    /// A tile's order waits for all its observations' orders.
    func waits() async throws {
        _ = try await source.take(limit: 9, clock: MJD(100))
        try await source.report(
            Self.report(of: orders.first, replicaAt: "SDC-IT", event: .complete))
        #expect(try await source.take(limit: 9, clock: MJD(100)).isEmpty)
        let told = try await source.waits(clock: MJD(100), limit: 9)
        #expect(told.map(\.order) == [orders.tile.id])
        #expect(told.first?.reason.hasPrefix("needs observation 4 of SDC-IT, ") == true)
        #expect(told.first?.reason.contains(" is not taken") == true)
        #expect(try await source.waits(clock: MJD(59), limit: 9).isEmpty)
        #expect(try await source.waits(clock: MJD(100), limit: 0).isEmpty)
        #expect(try await other.take(limit: 9, clock: MJD(100)) == [orders.foreign])
        try await other.report(
            Self.report(of: orders.foreign, replicaAt: "SDC-DE", event: .complete))
        #expect(try await source.take(limit: 9, clock: MJD(59)).isEmpty)
        #expect(try await source.take(limit: 9, clock: MJD(60)) == [orders.tile])
    }

    /// A report counts once, and what was reported is not taken any more.
    func reports() async throws {
        _ = try await source.take(limit: 9, clock: MJD(100))
        let report = Self.report(of: orders.first, replicaAt: "SDC-IT", event: .complete)
        try await source.report(report)
        try await source.report(report)
        #expect(try await source.taken().map(\.id) == [orders.urgent.id])
        let found = try await source.locations(
            of: [orders.first.item, orders.later.item], survey: orders.first.survey)
        #expect(
            found == [ProductLocation(product: report.products[0], holders: ["SDC-FR", "SDC-IT"])])
    }

    /// A failed order blocks those that need its products.
    func blocks() async throws {
        _ = try await source.take(limit: 9, clock: MJD(100))
        try await source.report(Self.report(of: orders.first, replicaAt: nil, event: .fail))
        #expect(
            try await source.outstanding(clock: MJD(100))
                == OutstandingOrders(waiting: 0, blocked: 1))
        #expect(
            try await source.locations(of: [orders.first.item], survey: orders.first.survey).isEmpty
        )
    }

    /// A replica made after the report is a place that holds the product, told once or twice.
    func recordsReplicas() async throws {
        _ = try await source.take(limit: 9, clock: MJD(100))
        try await source.report(Self.report(of: orders.first, replicaAt: nil, event: .complete))
        let replica = Self.report(of: orders.first, replicaAt: "SDC-IT", event: .complete)
            .transfers[0]
        try await source.record(replica)
        try await source.record(replica)
        let found = try await source.locations(of: [orders.first.item], survey: orders.first.survey)
        #expect(found.map(\.holders) == [["SDC-FR", "SDC-IT"]])
    }

    /// An item is needed until the last order here that has it as an input is reported.
    func tellsNeeds() async throws {
        let items = [orders.first.item, orders.urgent.item]
        #expect(try await source.needed(items, survey: orders.first.survey) == [orders.first.item])
        #expect(try await other.needed(items, survey: orders.first.survey).isEmpty)
    }

    /// Another SDC's report that sets a tile free wakes the runner.
    func wakes() async throws {
        _ = try await source.take(limit: 9, clock: MJD(100))
        _ = try await other.take(limit: 9, clock: MJD(100))
        let wakeUps = try await source.wakeUps()
        try await source.report(
            Self.report(of: orders.first, replicaAt: "SDC-IT", event: .complete))
        try await other.report(
            Self.report(of: orders.foreign, replicaAt: "SDC-DE", event: .complete))
        for await _ in wakeUps {
            if try await source.take(limit: 9, clock: MJD(100)) == [orders.tile] { return }
        }
        Issue.record("the wake-ups ended")
    }
}
