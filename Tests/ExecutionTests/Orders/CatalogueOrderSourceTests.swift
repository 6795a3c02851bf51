import Catalogue
import Foundation
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

    static func publish(_ url: String) async throws -> Connection {
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

    @Test("orders of pipelines that are left are held")
    func leaves() async throws { try await withSuite { try await $0.leaves() } }

    @Test("an SDC has one runner at a time, whatever its folder")
    func registers() async throws {
        let orders = try await TestCluster.shared.withCatalogue { try await Self.orders($0) }
        try await TestCluster.shared.withCatalogue { url in
            try await Self.publish(url).close()
            func source(_ sdc: ID<SDC>) async throws -> CatalogueOrderSource {
                try await CatalogueOrderSource(DatabaseAddress.find(named: url), sdc: sdc)
            }
            try await OrderSourceConformance(
                source: try await source("SDC-FR"), other: try await source("SDC-IT"),
                orders: orders
            ).registers(try await source("SDC-FR"))
        }
    }

    @Test("a runner whose lease was taken over takes, reports and renews nothing any more")
    func fencing() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Self.publish(url)
            let address = try await DatabaseAddress.find(named: url)
            let first = try await CatalogueOrderSource(address, sdc: "SDC-FR")
            try await first.signOn(folder: "/first")
            let order = try #require(try await first.take(limit: 1, clock: MJD(100)).first)
            // It was stopped for an hour.
            try await connection.query(
                "UPDATE sgs.runner SET since = since - interval '1 h', last_sign = last_sign - interval '1 h'"
            )
            let second = try await CatalogueOrderSource(address, sdc: "SDC-FR")
            try await second.signOn(folder: "/second")
            let report = OrderSourceConformance.report(
                of: order, replicaAt: nil, event: .complete)
            for act in [
                { _ = try await first.take(limit: 1, clock: MJD(100)) },
                { try await first.report(report) }, { _ = try await first.wishes() },
            ] as [@Sendable () async throws -> Void] {
                do {
                    try await act()
                    Issue.record("the old lease counts")
                } catch let error as ExecutionError {
                    #expect(error.code == .busy)
                    #expect(error.message.contains("state in /second"))
                }
            }
            await first.signOff()
            #expect(try await second.wishes().map(\.order) == [order.id])
            try await second.report(report)
        }
    }

    @Test("an SDC that the catalogue does not know is refused")
    func unknownSDC() async throws {
        try await TestCluster.shared.withCatalogue { url in
            try await Self.publish(url).close()
            do {
                _ = try await CatalogueOrderSource(DatabaseAddress.find(named: url), sdc: "SDC-RF")
                Issue.record("SDC-RF is served")
            } catch let error as CatalogueError {
                #expect(error.code == .unknownItem)
                #expect(
                    error.message
                        == "SDC-RF is not in the catalogue; known are SDC-DE, SDC-FR, SDC-IT")
            }
        }
    }

    @Test(
        "an order that an operator cancels is stopped by its runner and may be retried",
        .timeLimit(.minutes(12)))
    func cancelled() async throws {
        let site = try TestSite()
        let begun = "\(site.folder.path)/begun"
        #expect(mkfifo(begun, 0o600) == 0)
        try site.addPipeline(
            "observation", steps: [(name: "endless", script: "exec cat '\(begun)'", cores: 1)])
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Self.publish(url)
            let address = try await DatabaseAddress.find(named: url)
            let runner = try await site.runner(
                "SDC-IT", source: try await CatalogueOrderSource(address, sdc: "SDC-IT"))
            async let outcome = runner.run()
            // Opening it ends when the step reads from it.
            let writing = await Self.opened(begun)
            defer { close(writing) }
            let store = OrderStore(connection)
            let id: ID<ProcessingOrder> = "survey-00000001-OBS-4"
            #expect(try await store.cancel(id, by: "op", because: "bad data") == .asked)
            #expect(try await outcome.failed == 1)
            let details = try await store.details(of: id)
            #expect(details.entry.state == .aborted)
            #expect(details.entry.message.contains("cancelled by op: bad data"))
            try await store.retry(id, by: "op")
            #expect(try await OrderQueue(connection).counts(sdc: "SDC-IT") == [.allocated: 1])
        }
    }

    /// Opens a pipe for writing, which waits for its reader.
    private static func opened(_ path: String) async -> Int32 {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: open(path, O_WRONLY)) }
        }
    }

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

    @Test("a runner does the self-test that it is asked for", .timeLimit(.minutes(12)))
    func selfTest() async throws {
        var site = try TestSite()
        site.pipelines = Programs.samplePipelines
        let place = site
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Self.publish(url)
            let store = SelfTestStore(connection)
            _ = try await store.issue(to: ["SDC-DE"], by: "tester")
            let address = try await DatabaseAddress.find(named: url)
            func serve(_ sdc: ID<SDC>) async throws {
                _ = try await place.runner(
                    sdc, source: try await CatalogueOrderSource(address, sdc: sdc)
                ).run()
            }
            try await serve("SDC-DE")
            let all = try await store.latest()
            #expect(all.filter { $0.test != nil }.map(\.sdc) == ["SDC-DE"])
            let test = try #require(all.first { $0.sdc == "SDC-DE" }?.test)
            #expect(test.state == .completed)
            let report = try #require(test.report)
            #expect(report.features.map(\.name) == SelfTestFeature.all.map(\.name))
            #expect(report.features.filter { !$0.isThere } == [])
            let alone = try await Answer([
                "selftest", "--digest", "--pipelines", place.selfTestPipelines,
            ])
            #expect(alone.lines == [report.digest])
            #expect(
                !FileManager.default.fileExists(atPath: "\(place.state)/SDC-DE/selftest"))
            // Nothing is asked any more, and nothing is done.
            try await serve("SDC-DE")
            #expect(try await store.latest().first { $0.sdc == "SDC-DE" }?.test == test)
        }
    }

    /// The distribution with observation 4 at other SDCs.
    private static func moved(to primary: ID<SDC>, _ secondary: ID<SDC>) -> Distribution {
        Distribution(
            name: "moved", survey: "survey", buckets: distribution.buckets,
            sdcs: distribution.sdcs, processing: distribution.processing,
            observations: distribution.observations.map {
                AssignedObservation(
                    observation: $0.observation, arrival: $0.arrival, bucket: $0.bucket,
                    assignment: $0.observation.id == "4"
                        ? Assignment(primary: primary, secondary: secondary) : $0.assignment,
                    copiesTo: $0.copiesTo)
            }, tiles: distribution.tiles)
    }

    @Test(
        "another holder sends products to a new owner when their maker is lost, and no two do",
        .timeLimit(.minutes(12)))
    func lostMaker() async throws {
        var site = try TestSite()
        site.pipelines = Programs.samplePipelines
        let place = site
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Self.publish(url)
            let address = try await DatabaseAddress.find(named: url)
            func serve(_ sdc: ID<SDC>) async throws -> RunnerOutcome {
                try await place.runner(
                    sdc, source: try await CatalogueOrderSource(address, sdc: sdc)
                ).run()
            }
            #expect(try await serve("SDC-IT").completed == 1)
            _ = try await PlanStore(connection).publish(
                Self.moved(to: "SDC-FR", "SDC-DE"),
                PublicationRequest(
                    digest: "00000002abcdef", planJSON: "{}\n", author: "tester",
                    comment: "moved"))
            let queue = OrderQueue(connection)
            func owed(by sdc: ID<SDC>) async throws -> [ID<SDC>] {
                try await queue.owedReplicas(sdc: sdc, clock: MJD(100), limit: 9).map(\.to)
            }
            // Nobody is there: it is the maker's.
            #expect(try await owed(by: "SDC-IT") == ["SDC-FR", "SDC-FR"])
            #expect(try await owed(by: "SDC-DE").isEmpty)
            let registry = RunnerRegistry(connection)
            try await connection.query("UPDATE sgs.runner SET ended_at = last_sign")
            let other = try await registry.register(
                sdc: "SDC-DE", host: "h", folder: "/f", process: 1, lease: 3600)
            #expect(try await owed(by: "SDC-IT").isEmpty)
            #expect(try await owed(by: "SDC-DE") == ["SDC-FR", "SDC-FR"])
            // One that is back has it again.
            _ = try await registry.register(
                sdc: "SDC-IT", host: "h", folder: "/f", process: 2, lease: 3600)
            #expect(try await owed(by: "SDC-IT") == ["SDC-FR", "SDC-FR"])
            #expect(try await owed(by: "SDC-DE").isEmpty)
            // One that has not been heard of for longer than its lease is lost.
            try await connection.query(
                "UPDATE sgs.runner SET since = since - '2 h'::interval, last_sign = last_sign - '2 h'::interval WHERE sdc = 'SDC-IT'"
            )
            #expect(try await owed(by: "SDC-IT").isEmpty)
            try await registry.end(other)
            _ = try await serve("SDC-DE")
            let held = try await queue.locations(of: [.observation("4")], survey: "survey")
            for product in try #require(held[.observation("4")]) {
                #expect(product.sdcs == ["SDC-DE", "SDC-FR", "SDC-IT"])
                try FileDigest(bytes: product.product.bytes, sha256: product.product.sha256)
                    .verify(
                        place.storage("SDC-DE").path(
                            of: product.product.name, survey: "survey", at: "SDC-FR"))
            }
            let sources = try await connection.query(
                "SELECT DISTINCT from_sdc FROM sgs.transfer WHERE to_sdc = 'SDC-FR' AND purpose = 'replica'"
            ).map { try $0.decode("from_sdc", as: String.self) }
            #expect(sources == ["SDC-DE"])
        }
    }

    @Test(
        "products follow an owner who changes after they were made", .timeLimit(.minutes(12)))
    func movedOwner() async throws {
        var site = try TestSite()
        site.pipelines = Programs.samplePipelines
        let place = site
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Self.publish(url)
            let address = try await DatabaseAddress.find(named: url)
            func serve() async throws -> RunnerOutcome {
                try await place.runner(
                    "SDC-IT", source: try await CatalogueOrderSource(address, sdc: "SDC-IT")
                ).run()
            }
            #expect(try await serve().completed == 1)
            let queue = OrderQueue(connection)
            #expect(
                try await queue.owedReplicas(sdc: "SDC-IT", clock: MJD(100), limit: 9).isEmpty)
            _ = try await PlanStore(connection).publish(
                Self.moved(to: "SDC-FR", "SDC-DE"),
                PublicationRequest(
                    digest: "00000002abcdef", planJSON: "{}\n", author: "tester",
                    comment: "moved"))
            let owed = try await queue.owedReplicas(sdc: "SDC-IT", clock: MJD(100), limit: 9)
            #expect(owed.map(\.to) == ["SDC-FR", "SDC-FR"])
            #expect(
                owed.map(\.product.name) == [
                    "observation/4/raw.fits", "observation/4/frames.fits",
                ])
            #expect(try await serve().completed == 0)
            #expect(
                try await queue.owedReplicas(sdc: "SDC-IT", clock: MJD(100), limit: 9).isEmpty)
            let held = try await queue.locations(of: [.observation("4")], survey: "survey")
            for product in try #require(held[.observation("4")]) {
                #expect(product.sdcs == ["SDC-DE", "SDC-FR", "SDC-IT"])
                try FileDigest(bytes: product.product.bytes, sha256: product.product.sha256)
                    .verify(
                        place.storage("SDC-IT").path(
                            of: product.product.name, survey: "survey", at: "SDC-FR"))
            }
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
                silence: .milliseconds(200), answer: .seconds(2), idle: .milliseconds(200))
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
