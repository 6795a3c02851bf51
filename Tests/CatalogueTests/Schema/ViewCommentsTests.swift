import Catalogue
import DataDictionary
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct ViewCommentsTests {
    /// The rows of a query as texts.
    private static func rows(
        _ connection: Connection, _ sql: String, _ columns: String...
    ) async throws -> [[String]] {
        try await connection.query(sql).map { row in
            try columns.map { try row.decode($0, as: String?.self) ?? "-" }
        }
    }

    @Test(
        "a view has the columns, types and comments of the data dictionary",
        arguments: CatalogueView.all)
    func documented(_ view: CatalogueView) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let found = try await connection.query(
                """
                SELECT attname, format_type(atttypid, NULL) AS type,
                    col_description(attrelid, attnum) AS comment
                FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum
                """, view.name
            ).map { row in
                try ["attname", "type", "comment"].map { try row.decode($0, as: String.self) }
            }
            #expect(
                found
                    == view.columns.map { [$0.column.name, $0.sqlType.rawValue, $0.comment] })
            let comment = try await connection.query(
                "SELECT obj_description($1::regclass, 'pg_class') AS comment", view.name)
            #expect(try comment[0].decode("comment", as: String.self) == view.description)
        }
    }

    @Test("ownership is shown with its times, and a later plan ends it")
    func ownership() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let plans = PlanStore(connection)
            _ = try await plans.publish(Sample.chain, Sample.request(1))
            _ = try await plans.publish(
                Sample.distribution(
                    "next", from: 90, tiles: [Sample.tile("T1", day: 91, primary: "SDC-IT")]),
                Sample.request(2))
            let tiles = try await Self.rows(
                connection,
                "SELECT *, valid_from::text AS f, valid_until::text AS u FROM sgs.tile_ownership ORDER BY tile, valid_from",
                "tile", "primary_sdc", "f", "u", "revision")
            #expect(
                tiles == [
                    ["T1", "SDC-FR", "2027-01-04 00:00:00", "2027-04-04 00:00:00", "1"],
                    ["T1", "SDC-IT", "2027-04-04 00:00:00", "-", "2"],
                    ["T2", "SDC-DE", "2027-01-04 00:00:00", "-", "1"],
                ])
            let observations = try await Self.rows(
                connection,
                "SELECT *, starts::text AS s, ends::text AS e FROM sgs.observation_ownership ORDER BY observation",
                "observation", "primary_sdc", "secondary_sdc", "s", "e", "class")
            #expect(
                observations == [
                    [
                        "1", "SDC-FR", "SDC-DE", "2027-01-04 00:00:00", "2027-01-05 00:00:00",
                        "WIDE",
                    ],
                    [
                        "2", "SDC-FR", "SDC-DE", "2027-01-05 00:00:00", "2027-01-06 00:00:00",
                        "WIDE",
                    ],
                ])
        }
    }

    @Test("changes show new, moved and dropped items, and not those that stay")
    func changes() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let plans = PlanStore(connection)
            _ = try await plans.publish(
                Sample.distribution(
                    observations: ["gone", "moved", "same"].map { Sample.observation($0) }),
                Sample.request(1))
            _ = try await plans.publish(
                Sample.distribution(
                    observations: [
                        Sample.observation("moved", primary: "SDC-IT"), Sample.observation("same"),
                        Sample.observation("new"),
                    ]), Sample.request(2))
            let changes = try await Self.rows(
                connection, "SELECT * FROM sgs.changes WHERE revision = 2 ORDER BY id",
                "id", "previous_primary", "primary_sdc", "secondary_sdc")
            #expect(
                changes == [
                    ["gone", "SDC-FR", "-", "-"], ["moved", "SDC-FR", "SDC-IT", "SDC-DE"],
                    ["new", "-", "SDC-FR", "SDC-DE"],
                ])
            #expect(
                try await connection.count(
                    "SELECT count(*) AS n FROM sgs.changes WHERE revision = 1") == 3)
        }
    }

    @Test("an SDC's load counts work at the primary and volume at both, in the plans in force")
    func load() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let plans = PlanStore(connection)
            _ = try await plans.publish(
                Sample.distribution(tiles: [Sample.tile("T1", primary: "SDC-IT")]),
                Sample.request(1))
            _ = try await plans.publish(Sample.chain, Sample.request(2))
            let loads = try await Self.rows(
                connection,
                "SELECT * FROM sgs.sdc_load WHERE starts = '2027-01-04' ORDER BY sdc", "sdc",
                "observations", "tiles", "work", "volume", "capacity", "revision")
            // FR: two observations of 10 core-hours and a tile of 5; one bucket of 7 days
            #expect(
                loads == [
                    ["SDC-DE", "0", "1", "5", "1.5", "16800", "2"],
                    ["SDC-ES", "0", "0", "0", "0", "16800", "2"],
                    ["SDC-FR", "2", "1", "25", "1.5", "16800", "2"],
                    ["SDC-IT", "0", "0", "0", "0", "16800", "2"],
                ])
        }
    }

    @Test("the observation plan gives times in MJD, an outline, and what is performed")
    func observationPlan() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let queue = OrderQueue(connection)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            try await queue.report(OrderQueueTests.report(orders[0]))
            let rows = try await connection.query("SELECT * FROM ivoa.obsplan ORDER BY obs_id")
            let states = try rows.map { try $0.decode("execution_status", as: String.self) }
            #expect(states == ["Performed", "Scheduled"])
            #expect(try rows[0].decode("t_min", as: Double.self) == 61409)
            #expect(try rows[0].decode("t_exptime", as: Double.self) == 86400)
            // The diagonal of a field of 0.7 degrees
            let diameter = try rows[0].decode("s_fov", as: Double.self)
            #expect(abs(diameter - 0.98994) < 1e-4)
            let region = try rows[0].decode("s_region", as: String.self)
            #expect(region.hasPrefix("Polygon ICRS "))
            let numbers = region.split(separator: " ").dropFirst(2).compactMap { Double($0) }
            #expect(numbers.count == 8)
            for (index, number) in numbers.enumerated() {
                #expect(abs(number - 10) < 0.36, "\(index)")
            }
        }
    }
}
