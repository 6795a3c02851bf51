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

    @Test("the database's table of legal state changes is the order's life cycle")
    func transitions() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let stored = try await connection.query(
                "SELECT from_state, event, to_state FROM sgs.order_transition"
            ).map { row in
                try ["from_state", "event", "to_state"].map { try row.decode($0, as: String.self) }
            }
            var legal: Set<[String]> = []
            for state in OrderState.allCases {
                for event in OrderState.Event.allCases {
                    guard let next = state.after(event) else { continue }
                    legal.insert([state.rawValue, event.rawValue, next.rawValue])
                }
            }
            #expect(Set(stored) == legal)
            #expect(stored.count == legal.count)
        }
    }
}
