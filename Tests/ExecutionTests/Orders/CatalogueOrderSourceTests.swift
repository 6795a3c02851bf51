import Catalogue
import GroundSegment
import PostgreSQL
import SkyGeometry
import TestPostgreSQL
import Testing

@testable import Execution
@testable import sdc_runner

@Suite struct CatalogueOrderSourceTests {
    /// Runs the conformance suite's check on a catalogue with the suite's orders.
    private func withSuite(
        _ check: @Sendable (OrderSourceConformance) async throws -> Void
    ) async throws {
        let orders = try await TestCluster.shared.withCatalogue { try await Self.orders($0) }
        try await TestCluster.shared.withCatalogue { url in
            try await Self.publish(url).close()
            let address = try await DatabaseAddress.find(named: url)
            try await check(
                OrderSourceConformance(
                    source: try await CatalogueOrderSource(address, sdc: "SDC-FR"),
                    other: try await CatalogueOrderSource(address, sdc: "SDC-IT"), orders: orders))
        }
    }

    private static func publish(_ url: String) async throws -> Connection {
        let connection = try await Connection.open(url)
        _ = try await PlanStore(connection).publish(
            distribution,
            PublicationRequest(
                digest: "00000001abcdef", planJSON: "{}\n", author: "tester",
                comment: "orders"))
        try await connection.query(
            "UPDATE sgs.processing_order SET priority = 5 WHERE id LIKE '%OBS-2'")
        return connection
    }

    /// The orders that are expected, from a catalogue in which all are taken.
    private static func orders(_ url: String) async throws -> OrderSourceConformance.Orders {
        let connection = try await publish(url)
        try await connection.query(
            "UPDATE sgs.processing_order SET state = 'EXECUTING', runner = 'r', taken_at = now(), taken = 1"
        )
        let queue = OrderQueue(connection)
        let orders = try await queue.taken(sdc: "SDC-FR") + queue.taken(sdc: "SDC-IT")
        func order(_ item: ItemID) throws -> ProcessingOrder {
            try #require(orders.first { $0.item == item })
        }
        return OrderSourceConformance.Orders(
            first: try order(.observation("1")), urgent: try order(.observation("2")),
            later: try order(.observation("3")), foreign: try order(.observation("4")),
            tile: try order(.tile("A")))
    }

    private static let distribution: Distribution = {
        let start = MJD(0)
        func observation(_ id: String, arrival: Double, _ primary: ID<SDC>, _ secondary: ID<SDC>)
            -> AssignedObservation
        {
            AssignedObservation(
                observation: Observation(
                    id: ID(id), window: TimeWindow(start: start + 10, end: start + 11),
                    centre: SkyPosition(ra: 10, dec: 10), footprint: outline),
                arrival: MJD(arrival), bucket: 0,
                assignment: Assignment(primary: primary, secondary: secondary),
                copiesTo: [])
        }
        return Distribution(
            name: "plan", survey: "survey",
            buckets: Buckets(period: TimeWindow(start: start, end: start + 300), length: 7),
            sdcs: ["SDC-DE", "SDC-FR", "SDC-IT"].map {
                SDC(id: ID($0), name: $0, cores: 10, storage: Terabytes(10))
            },
            processing: Processing(
                observationWork: CoreHours(1), observationVolume: Terabytes(0.1), latency: 1,
                tileWork: CoreHours(1), tileVolume: Terabytes(0.1)),
            observations: [
                observation("1", arrival: 50, "SDC-FR", "SDC-IT"),
                observation("2", arrival: 50, "SDC-FR", "SDC-IT"),
                observation("3", arrival: 200, "SDC-FR", "SDC-IT"),
                observation("4", arrival: 50, "SDC-IT", "SDC-DE"),
            ],
            tiles: [
                AssignedTile(
                    tile: Tile(
                        id: "A", centre: SkyPosition(ra: 10, dec: 10), core: .polygon(outline),
                        outer: outline),
                    ready: MJD(60), bucket: 0,
                    assignment: Assignment(primary: "SDC-FR", secondary: "SDC-IT"),
                    overlaps: ["1", "4"].map { TileOverlap(observation: ID($0), fraction: 0.5) })
            ])
    }()

    private static let outline = ConvexPolygon.field(
        longitude: 10, latitude: 10, positionAngle: 0, width: 0.6, height: 0.6)

    @Test("orders are taken once, released ones only, the urgent first")
    func takes() async throws { try await withSuite { try await $0.takes() } }

    @Test("a tile's order waits for all its observations' orders")
    func waits() async throws { try await withSuite { try await $0.waits() } }

    @Test("a report counts once")
    func reports() async throws { try await withSuite { try await $0.reports() } }

    @Test("a failed order blocks those that need its products")
    func blocks() async throws { try await withSuite { try await $0.blocks() } }

    @Test("a replica made after the report is told by the locations")
    func recordsReplicas() async throws { try await withSuite { try await $0.recordsReplicas() } }

    @Test("an item is needed until its last order here is reported")
    func tellsNeeds() async throws { try await withSuite { try await $0.tellsNeeds() } }

    @Test("a report that sets a tile free wakes its runner", .timeLimit(.minutes(12)))
    func wakes() async throws { try await withSuite { try await $0.wakes() } }

    @Test("two SDCs' runners process a published distribution through the catalogue")
    func endToEnd() async throws {
        var site = try TestSite()
        site.pipelines = Programs.samplePipelines
        let place = site
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Self.publish(url)
            let address = try await DatabaseAddress.find(named: url)
            let french = try await place.runner(
                "SDC-FR", source: try await CatalogueOrderSource(address, sdc: "SDC-FR"))
            let italian = try await place.runner(
                "SDC-IT", source: try await CatalogueOrderSource(address, sdc: "SDC-IT"))
            async let first = french.run()
            async let second = italian.run()
            #expect(try await first.completed == 3)
            #expect(try await second.completed == 1)
            let queue = OrderQueue(connection)
            #expect(try await queue.counts(sdc: "SDC-FR") == [.completed: 3, .allocated: 1])
            let held = try await queue.locations(of: [.tile("A")], survey: "survey")
            let catalogue = try #require(held[.tile("A")]?.first)
            #expect(catalogue.product.name == "tile/A/catalogue.fits")
            #expect(
                Set(catalogue.product.madeFrom) == [
                    "tile/A/mosaic.fits", "observation/1/frames.fits", "observation/4/frames.fits",
                ])
            #expect(catalogue.sdcs == ["SDC-FR", "SDC-IT"])
            let copies = try await connection.query(
                "SELECT from_sdc, to_sdc FROM sgs.transfer WHERE purpose = 'copy'")
            #expect(copies.count == 1)
            let steps = try await connection.query("SELECT count(*) AS n FROM sgs.step_run")
            #expect(try steps[0].decode("n", as: Int.self) == 17)
        }
    }

    @Test("the black-holed database connection does not hold the runner, which goes on after it")
    func blackHole() async throws {
        try await TestCluster.shared.withCatalogue { url in
            try await Self.publish(url).close()
            let proxy = try StoppingProxy(before: url)
            defer { proxy.close() }
            var options = CatalogueOrderSource.usual
            options.limits = SilenceLimits(
                silence: .milliseconds(200), answer: .milliseconds(600), idle: .milliseconds(200))
            let source = try await CatalogueOrderSource(
                DatabaseAddress.find(named: proxy.url(url)), sdc: "SDC-FR", options: options)
            let wakeUps = try await source.wakeUps()
            #expect(try await source.taken().isEmpty)
            proxy.stop(.everything)
            do {
                _ = try await source.take(limit: 1, clock: MJD(100))
                Issue.record("orders came through the black hole")
            } catch PostgreSQLError.Code.connectionLost {}
            // The listening session ends as well.
            for await _ in wakeUps {}
            proxy.stop(.nothing)
            #expect(try await source.take(limit: 1, clock: MJD(100)).count == 1)
        }
    }

    @Test("a source whose session was lost opens another")
    func lostSession() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let source = try await CatalogueOrderSource(
                DatabaseAddress.find(named: url), sdc: "SDC-FR")
            try await Connection.open(url).query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """)
            await #expect(throws: PostgreSQLError.self) { _ = try await source.taken() }
            #expect(try await source.taken().isEmpty)
        }
    }
}
