import Catalogue
import GroundSegment
import Logging
import PostgreSQL
import TestPostgreSQL
import Testing

@testable import Execution
@testable import sdc_runner

@Suite(.timeLimit(.minutes(12))) struct RunnerOutageTests {
    /// A site whose pipeline of observations declares a minute.
    private static func site() throws -> TestSite {
        let site = try TestSite()
        try site.addPipeline(
            "observation", steps: [(name: "quick", script: "echo x > $out", cores: 1)])
        return site
    }

    /// An outage of an hour that begins so many seconds after the runners' clock.
    private static func outage(after seconds: Double) -> TimeWindow {
        let start = MJD(100) + seconds / 86400
        return TimeWindow(start: start, end: start + 1.0 / 24)
    }

    @Test("an order that would end in an outage is not started, one that ends before it is")
    func held() async throws {
        let site = try Self.site()
        try site.place(site.order("1"))
        let held = try await site.runner("SDC-FR") { $0.outages = [Self.outage(after: 30)] }.run()
        #expect(held.completed == 0)
        #expect(held.held == 1)
        #expect(try site.report(site.order("1")) == nil)
        let done = try await site.runner("SDC-FR") { $0.outages = [Self.outage(after: 90)] }.run()
        #expect(done.completed == 1)
        #expect(done.held == 0)
    }

    @Test("the catalogue tells why an order is not started, and that it is blocked")
    func why() async throws {
        let site = try Self.site()
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await CatalogueOrderSourceTests.publish(url)
            let address = try await DatabaseAddress.find(named: url)
            let source = try await CatalogueOrderSource(address, sdc: "SDC-IT")
            let runner = try await site.runner("SDC-IT", source: source) {
                $0.outages = [Self.outage(after: 30)]
            }
            #expect(try await runner.run().held == 1)
            // It has ended by now; as long as it serves, its word counts.
            try await connection.query(
                "UPDATE sgs.runner SET ended_at = NULL, last_sign = clock_timestamp()")
            let reason = try await OrderStore(connection).reason(
                of: "survey-00000001-OBS-4", clock: MJD(100))
            #expect(reason.kind == .outage)
            #expect(
                reason.text
                    == "is not started at SDC-IT: would end in the outage that begins "
                    + "\(Self.outage(after: 30).start)")
            let groups = try await BlockedOrders.read(connection, clock: MJD(100)).groups
            #expect(groups.contains { $0.sdc == "SDC-IT" && $0.cause == .outage })
        }
    }
}

/// What a runner says of orders that it does not take.
@Suite struct HeldPipelinesTests {
    private func state() throws -> RunnerState {
        let site = try TestSite()
        let configuration = RunnerConfiguration(
            storage: site.storage("SDC-FR"), state: site.state, room: site.room)
        return RunnerState(
            configuration: configuration, lastToken: 0,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test("asked why all waits, it names the pipelines whose orders are not taken")
    func named() throws {
        var state = try state()
        state.heldPipelines = ["tile": "would end in an outage", "observation": "waits for one"]
        let facts = state.answer(to: .why(run: nil, limit: 10), at: MJD(100))
        #expect(facts.reasons.map(\.run) == ["orders of observation", "orders of tile"])
        #expect(!facts.reasons.contains { !$0.isOfOrders })
        #expect(facts.reasons.first?.reason == "waits for one")
        #expect(state.answer(to: .why(run: nil, limit: 1), at: MJD(100)).more == 1)
    }

    @Test("a runner that was still asking for its own orders ends after it asked for new ones")
    func unasked() throws {
        var state = try state()
        // What a start leaves: the answer comes after the first turn.
        state.isTaking = true
        let none = DueOrders(orders: OutstandingOrders(waiting: 0, blocked: 0, held: 1), waits: [])
        try state.handle(.wake, at: MJD(100))
        for event in [RunnerEvent.taken(.success([])), .selfTested] {
            try state.handle(event, at: MJD(100))
        }
        try state.handle(.outstanding(.success(none)), at: MJD(100))
        #expect(!state.isDone && state.isTaking)
        try state.handle(.taken(.success([])), at: MJD(100))
        try state.handle(.outstanding(.success(none)), at: MJD(100))
        #expect(!state.isTaking)
    }

    @Test("asked about one run, it says nothing of orders")
    func ofOneRun() throws {
        var state = try state()
        state.heldPipelines = ["tile": "would end in an outage"]
        #expect(state.answer(to: .why(run: "run-1", limit: 10), at: MJD(100)).reasons.isEmpty)
    }
}
