import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct MigratorTests {
    @Test("an empty database gets every migration once")
    func migrates() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            let error = await catalogueError { try await Migrator().check(connection) }
            #expect(error?.code == .notMigrated)
            #expect(error?.code.exitStatus == .serviceMissing)
            #expect(
                try await Migrator().migrate(connection).map(\.number)
                    == Array(1...Migration.all.count))
            #expect(try await Migrator().migrate(connection).isEmpty)
            try await Migrator().check(connection)
        }
    }

    @Test("eight programs that migrate at once do it once")
    func concurrent() async throws {
        try await TestCluster.shared.withDatabase { url in
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...8 {
                    group.addTask { try await Migrator().migrate(Connection.open(url)).count }
                }
                return try await group.reduce(0, +)
            }
            #expect(applied == Migration.all.count)
        }
    }

    @Test("a newer schema and an edited migration are refused")
    func otherSchema() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let older = Migrator(migrations: [Migration.all[0]])
            for error in [
                await catalogueError { try await older.migrate(connection) },
                await catalogueError { try await older.check(connection) },
            ] {
                #expect(error?.code == .otherSchema)
                #expect(
                    error?.message
                        == "the catalogue's schema is at migration \(Migration.all.count), "
                        + "newer than this program's 1: use the newer release")
            }
            try await connection.run(
                script: "UPDATE sgs.migration SET sha256 = 'x' WHERE number = 1")
            let error = await catalogueError { try await Migrator().check(connection) }
            #expect(
                error?.message.hasPrefix("migration 1 catalogue of the catalogue differs") == true)
        }
    }

    @Test("a catalogue of the first schema is upgraded with what it holds")
    func upgrade() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            let first = Migrator(migrations: [Migration.all[0]])
            #expect(try await first.migrate(connection).map(\.number) == [1])
            try await connection.run(script: Self.firstData)
            #expect(
                try await Migrator().migrate(connection).map(\.number)
                    == Array(2...Migration.all.count))
            let store = PlanStore(connection)
            let plans = try await store.plans(of: "TEST")
            #expect(plans.map(\.state) == [.published, .superseded])
            #expect(plans.map(\.comment) == ["published without a comment", "first"])
            #expect(plans.map(\.approval) == [nil, nil])
            let owner = try await OwnershipStore(connection).owner(
                of: .observation("1"), survey: "TEST", at: Sample.start)
            #expect(owner.assignment == Assignment(primary: "SDC-IT", secondary: "SDC-DE"))
            let changes = try await store.changes(of: "TEST", revision: 2)
            #expect(changes.map(\.previous?.primary) == ["SDC-FR"])
            #expect(changes.map(\.assignment?.primary) == ["SDC-IT"])
            guard
                case .published(let publication) = try await store.publish(
                    Sample.chain, Sample.request(3))
            else {
                Issue.record("not published")
                return
            }
            #expect(publication.revision == 3)
            #expect(publication.changed.new == 3)
            #expect(publication.changed.moved == 1)
            #expect(publication.changed.dropped == 0)
        }
    }

    @Test("a catalogue of before publications had an identity keeps its history, and repeats it")
    func upgradeOfDigests() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            try await Migrator(migrations: [Migration.all[0]]).migrate(connection)
            try await connection.run(script: Self.firstData)
            try await Migrator(migrations: Array(Migration.all.prefix(9))).migrate(connection)
            func history() async throws -> [String] {
                try await connection.query(
                    """
                    SELECT concat_ws(' ', d.distribution, d.revision, d.digest, d.state,
                        d.published_at, d.superseded_at, d.comment,
                        (SELECT string_agg(e.event || e.occurred_at, ' ' ORDER BY 1)
                            FROM sgs.distribution_event e
                            WHERE e.distribution = d.distribution)) AS line
                    FROM sgs.distribution d ORDER BY d.distribution
                    """
                ).map { try $0.decode("line", as: String.self) }
            }
            let before = try await history()
            #expect(before.count == 2)
            #expect(try await Migrator().migrate(connection).map(\.number).first == 10)
            #expect(try await history() == before)
            #expect(
                try await connection.count("SELECT count(*) AS n FROM sgs.distribution WHERE again")
                    == 0)
            let store = PlanStore(connection)
            var request = Sample.request(3)
            request.digest = "00000001"
            let error = await catalogueError { try await store.publish(Sample.chain, request) }
            #expect(error?.code == .illegalChange)
            request.again = true
            guard
                case .published(let publication) = try await store.publish(Sample.chain, request)
            else {
                Issue.record("not published")
                return
            }
            #expect(publication.revision == 3)
            #expect(
                try await store.log(of: "TEST").map(\.digest) == [
                    "00000001", "00000002", "00000001",
                ])
        }
    }

    /// Two distributions, of which the second moves an observation to another SDC.
    private static let firstData = """
        INSERT INTO sgs.survey VALUES ('TEST');
        INSERT INTO sgs.sdc VALUES ('SDC-DE', 'D'), ('SDC-FR', 'F'), ('SDC-IT', 'I');
        INSERT INTO sgs.distribution (survey, revision, name, digest, period, bucket_days,
            observation_tb, tile_tb, published_at, superseded_at, author, comment, plan)
        VALUES ('TEST', 1, 'one', '00000001', '[2027-01-04,2027-04-04)', 7, 1, 1, '2026-11-01',
                '2026-12-01', 'a', 'first', '{}'),
            ('TEST', 2, 'two', '00000002', '[2027-01-04,2027-04-04)', 7, 1, 1, '2026-12-01', NULL,
                'a', NULL, '{}');
        INSERT INTO sgs.item (survey, kind, id) VALUES ('TEST', 'observation', '1');
        INSERT INTO sgs.observation VALUES (1, 'WIDE', '[2027-01-04,2027-01-05]', 10, 10,
            '{1,0,0,0,1,0,0,0,1}');
        INSERT INTO sgs.assignment VALUES
            (1, 1, 'SDC-FR', 'SDC-DE', NULL, '[2027-01-04,)', '[2026-11-01,2026-12-01)'),
            (1, 2, 'SDC-IT', 'SDC-DE', 'survey', '[2027-01-04,)', '[2026-12-01,)');
        """

    @Test("a migration that fails leaves the schema as it was")
    func failing() async throws {
        try await TestCluster.shared.withDatabase { url in
            let connection = try await Connection.open(url)
            try await connection.run(script: "CREATE SCHEMA sgs; CREATE TABLE sgs.product (n int)")
            await #expect(throws: PostgreSQLError.self) { try await Migrator().migrate(connection) }
            #expect(
                try await connection.count(
                    "SELECT count(*) AS n FROM pg_class c JOIN pg_namespace s ON s.oid = relnamespace WHERE nspname = 'sgs'"
                ) == 1)
        }
    }

    @Test(
        "rows that refer to what there is not are refused, and so is the removal of what they have",
        arguments: [
            (
                "observation_item_fkey",
                "INSERT INTO sgs.observation SELECT 99, kind, window_utc, ra, dec, footprint FROM sgs.observation LIMIT 1"
            ),
            (
                "tile_item_fkey",
                "INSERT INTO sgs.tile SELECT 99, survey, ra, dec, west, east, south, north FROM sgs.tile LIMIT 1"
            ),
            (
                "assignment_item_fkey",
                "INSERT INTO sgs.assignment SELECT 99, distribution, primary_sdc, secondary_sdc, cause, validity, known FROM sgs.assignment LIMIT 1"
            ),
            (
                "assignment_primary_fkey",
                "UPDATE sgs.assignment SET primary_sdc = 'SDC-XX', distribution = 9, known = tstzrange(clock_timestamp(), NULL)"
            ),
            (
                "assignment_secondary_fkey",
                "UPDATE sgs.assignment SET secondary_sdc = 'SDC-XX', distribution = 9, known = tstzrange(clock_timestamp(), NULL)"
            ),
            ("assignment_stays", "UPDATE sgs.assignment SET item = 99"),
            ("processing_order_stays", "UPDATE sgs.processing_order SET item = 99"),
            ("item_stays", "DELETE FROM sgs.item"),
            ("item_stays", "UPDATE sgs.item SET id = 'x'"),
            ("sdc_stays", "DELETE FROM sgs.sdc"),
            ("sdc_stays", "TRUNCATE sgs.sdc CASCADE"),
        ])
    func references(_ rule: String, _ statement: String) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            do {
                try await connection.query(statement)
                Issue.record("the database took \(statement)")
            } catch let error as PostgreSQLError {
                #expect(error.constraint == rule)
                #expect(error.sqlState == .foreignKeyViolation)
            }
        }
    }

    @Test("the database's tables of legal state changes are the life cycles")
    func transitions() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            var orders: Set<[String]> = []
            for state in OrderState.allCases {
                for event in OrderState.Event.allCases {
                    guard let next = state.after(event) else { continue }
                    orders.insert([state.rawValue, event.rawValue, next.rawValue])
                }
            }
            var distributions: Set<[String]> = []
            for state in DistributionState.allCases {
                for event in DistributionState.Event.allCases {
                    guard let next = state.after(event) else { continue }
                    distributions.insert([state.rawValue, event.rawValue, next.rawValue])
                }
            }
            for (table, legal) in [
                ("order_transition", orders), ("distribution_transition", distributions),
            ] {
                let stored = try await connection.query(
                    "SELECT from_state, event, to_state FROM sgs.\(table)"
                ).map { row in
                    try ["from_state", "event", "to_state"].map {
                        try row.decode($0, as: String.self)
                    }
                }
                #expect(Set(stored) == legal)
                #expect(stored.count == legal.count)
            }
        }
    }
}
