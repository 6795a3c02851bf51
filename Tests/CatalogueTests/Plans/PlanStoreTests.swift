import Catalogue
import GroundSegment
import PostgreSQL
import SkyGeometry
import TestPostgreSQL
import Testing

@Suite struct PlanStoreTests {
    static let everything = """
        SELECT (SELECT count(*) FROM sgs.distribution) + (SELECT count(*) FROM sgs.item)
            + (SELECT count(*) FROM sgs.survey) + (SELECT count(*) FROM sgs.sdc)
            + (SELECT count(*) FROM sgs.assignment) + (SELECT count(*) FROM sgs.processing_order) AS n
        """

    @Test("a publication stores the plan byte for byte and an order for each item")
    func publishes() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            let result = try await store.publish(Sample.chain, Sample.request(0xab))
            guard case .published(let publication) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(publication.revision == 1)
            #expect(publication.orders.created == 4)
            #expect(publication.orders.kept + publication.orders.withdrawn == 0)
            #expect(try await store.planJSON(of: Sample.survey, revision: 1) == "{\"mark\": 171}\n")
            let ids = try await connection.query("SELECT id FROM sgs.processing_order ORDER BY id")
                .map { try $0.decode("id", as: String.self) }
            #expect(
                ids == [
                    "TEST-000000ab-OBS-1", "TEST-000000ab-OBS-2", "TEST-000000ab-TILE-T1",
                    "TEST-000000ab-TILE-T2",
                ])
            let plans = try await store.plans(of: Sample.survey)
            #expect(plans.map(\.name) == ["plan"])
            #expect(plans[0].period == Sample.chain.buckets.period)
        }
    }

    @Test("the items whose order a runner took are told apart from those that wait")
    func taken() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Sample.chain, Sample.request(1))
            #expect(try await store.takenItems(of: Sample.survey).isEmpty)
            let orders = try await OrderQueue(connection).take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            #expect(try await store.takenItems(of: Sample.survey) == Set(orders.map(\.item)))
            #expect(orders.count == 1)
            #expect(try await store.takenItems(of: "OTHER").isEmpty)
        }
    }

    @Test("the same digest again changes nothing and says which revision it is")
    func publishedTwice() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Sample.chain, Sample.request(1))
            let before = try await connection.count(Self.everything)
            guard
                case .alreadyPublished(let plan) = try await store.publish(
                    Sample.chain, Sample.request(1))
            else {
                Issue.record("published twice")
                return
            }
            #expect(plan.revision == 1)
            #expect(try await connection.count(Self.everything) == before)
        }
    }

    @Test("of two publications of a survey at once one is busy")
    func twoAtOnce() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let blocker = try await Connection.open(url)
            let first = try await Connection.open(url)
            let second = try await Connection.open(url)
            try await blocker.run(
                script: "BEGIN; LOCK TABLE sgs.processing_order IN EXCLUSIVE MODE")
            async let running = PlanStore(first).publish(Sample.chain, Sample.request(1))
            try await waitUntil { try await processBlocked(by: blocker) != nil }
            let error = await catalogueError {
                try await PlanStore(second).publish(Sample.chain, Sample.request(2))
            }
            #expect(error?.code == .busy)
            #expect(error?.code.exitStatus == .busy)
            let other = Sample.distribution(
                survey: "OTHER", observations: [Sample.observation("1")])
            try await blocker.run(script: "COMMIT")
            guard case .published = try await running else {
                Issue.record("the first publication failed")
                return
            }
            guard case .published = try await PlanStore(second).publish(other, Sample.request(1))
            else {
                Issue.record("another survey's publication failed")
                return
            }
        }
    }

    @Test("a publication whose session is ended in the middle leaves nothing")
    func killed() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let blocker = try await Connection.open(url)
            let connection = try await Connection.open(url)
            try await blocker.run(
                script: "BEGIN; LOCK TABLE sgs.processing_order IN EXCLUSIVE MODE")
            async let publication = PlanStore(connection).publish(Sample.chain, Sample.request(1))
            try await waitUntil { try await processBlocked(by: blocker) != nil }
            let process = try await processBlocked(by: blocker)
            try await blocker.query("SELECT pg_terminate_backend($1)", process)
            do {
                _ = try await publication
                Issue.record("the publication went on")
            } catch PostgreSQLError.Code.connectionLost {}
            try await blocker.run(script: "COMMIT")
            #expect(try await blocker.count(Self.everything) == 0)
        }
    }

    @Test(
        "a distribution that breaks a rule is refused by its name and leaves nothing",
        arguments: [
            ("assignment_primary_fkey", [Sample.observation("1", primary: "SDC-XX")]),
            ("observation_once", [Sample.observation("1"), Sample.observation("1")]),
            ("item_id_not_empty", [Sample.observation("")]),
        ])
    func brokenRule(_ rule: String, _ observations: [AssignedObservation]) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let error = await catalogueError {
                try await PlanStore(connection).publish(
                    Sample.distribution(observations: observations), Sample.request(1))
            }
            #expect(error?.code == .invalidDistribution)
            #expect(error?.message.contains(rule) == true)
            #expect(try await connection.count(Self.everything) == 0)
        }
    }

    @Test("the database itself refuses one SDC as primary and secondary")
    func samePair() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(
                Sample.distribution(observations: [Sample.observation("1")]), Sample.request(1))
            do {
                try await connection.query(
                    """
                    INSERT INTO sgs.assignment
                        (item, distribution, primary_sdc, secondary_sdc, validity, known)
                    SELECT item, distribution, primary_sdc, primary_sdc, validity, known
                    FROM sgs.assignment
                    """)
                Issue.record("one SDC was taken twice")
            } catch let error as PostgreSQLError {
                #expect(error.description.contains("assignment_sdcs_differ"))
            }
        }
    }

    @Test("an overlap with an observation that is not assigned is named")
    func strayOverlap() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let error = await catalogueError {
                try await PlanStore(connection).publish(
                    Sample.distribution(tiles: [Sample.tile("T", observations: ["9"])]),
                    Sample.request(1))
            }
            #expect(
                error?.message
                    == "the distribution plan says that observation 9 overlaps tile T, and does not assign both"
            )
        }
    }

    @Test("a tile whose inner area changes is refused")
    func otherArea() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            _ = try await store.publish(
                Sample.distribution(tiles: [Sample.tile("T")]), Sample.request(1))
            let box = TileCore.box(SkyBox(west: 1, east: 2, south: 0, north: 1))
            let error = await catalogueError {
                try await store.publish(
                    Sample.distribution(tiles: [Sample.tile("T", core: box)]), Sample.request(2))
            }
            #expect(error?.code == .invalidDistribution)
            #expect(
                error?.message.hasPrefix("tile T of survey TEST has another inner area") == true)
        }
    }

    @Test(
        "orders that a later distribution does not change are kept, others are replaced or stay taken"
    )
    func replan() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            let queue = OrderQueue(connection)
            _ = try await store.publish(
                Sample.distribution(
                    observations: ["taken", "kept", "moved", "dropped"].map {
                        Sample.observation($0)
                    },
                    tiles: [
                        Sample.tile("grown", observations: ["kept"]),
                        Sample.tile("same", observations: ["kept"]),
                        Sample.tile("gone", observations: ["dropped"]),
                    ]), Sample.request(1))
            try await connection.query(
                "UPDATE sgs.processing_order SET priority = 9 WHERE id LIKE '%taken'")
            let taken = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: Sample.start + 10, runner: "r")
            #expect(taken.map(\.item) == [.observation("taken")])
            let result = try await store.publish(
                Sample.distribution(
                    observations: [
                        Sample.observation("taken", primary: "SDC-IT"),
                        Sample.observation("kept", day: 3),
                        Sample.observation("moved", primary: "SDC-IT"),
                    ],
                    tiles: [
                        Sample.tile("grown", observations: ["kept", "moved"]),
                        Sample.tile("same", observations: ["kept"]),
                    ]), Sample.request(2, running: .keep))
            guard case .published(let publication) = result else {
                Issue.record("\(result)")
                return
            }
            // kept: kept, same; replaced: moved, grown; dropped: dropped, gone
            #expect(publication.revision == 2)
            #expect(publication.orders.kept == 2)
            #expect(publication.orders.withdrawn == 4)
            #expect(publication.orders.created == 2)
            #expect(publication.orders.untouched == 1)
            #expect(publication.orders.overtaken == 1)
            #expect(
                try await connection.count(
                    "SELECT count(*) AS n FROM sgs.processing_order WHERE overtaken_by IS NOT NULL AND state = 'EXECUTING'"
                ) == 1)
            let rows = try await connection.query(
                "SELECT id, extract(epoch FROM release) AS release FROM sgs.processing_order WHERE state = 'ALLOCATED' ORDER BY id"
            )
            #expect(
                try rows.map { try $0.decode("id", as: String.self) } == [
                    "TEST-00000001-OBS-kept", "TEST-00000001-TILE-same", "TEST-00000002-OBS-moved",
                    "TEST-00000002-TILE-grown",
                ])
            #expect(MJD(posixSeconds: try rows[0].decode("release")) == Sample.start + 5)
        }
    }

    @Test("the distribution of an earlier period keeps its orders")
    func nextPeriod() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            _ = try await store.publish(Sample.chain, Sample.request(1))
            let result = try await store.publish(
                Sample.distribution(from: 90, observations: [Sample.observation("3", day: 91)]),
                Sample.request(2))
            guard case .published(let publication) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(publication.orders.withdrawn == 0)
            #expect(publication.orders.created == 1)
            #expect(try await store.plans(of: Sample.survey).allSatisfy { $0.supersededAt == nil })
        }
    }
}

/// The server's process that waits for a lock which `observer` holds; `nil` where none does.
private func processBlocked(by observer: Connection) async throws -> Int? {
    try await observer.query(
        "SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    ).first?.decode("pid")
}
