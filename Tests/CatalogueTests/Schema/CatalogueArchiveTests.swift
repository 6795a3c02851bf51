import Catalogue
import Foundation
import GroundSegment
import PostgreSQL
import PostgreSQLServer
import TestPostgreSQL
import Testing

@Suite struct CatalogueArchiveTests {
    /// The name of a file that does not exist; removed afterwards.
    private func withFile(_ body: (String) async throws -> Void) async throws {
        let file = "/tmp/sgs-archive-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await body(file)
    }

    /// Every row of every table, as text, in an order of its own.
    private static func contents(_ connection: Connection) async throws -> [String] {
        let tables = try await connection.query(
            "SELECT c.oid::regclass::text AS name FROM pg_class c WHERE relnamespace = 'sgs'::regnamespace AND relkind = 'r' ORDER BY 1"
        ).map { try $0.decode("name", as: String.self) }
        var rows: [String] = []
        for table in tables {
            rows += try await connection.query("SELECT t::text AS row FROM \(table) t ORDER BY 1")
                .map { "\(table) \(try $0.decode("row", as: String.self))" }
        }
        return rows
    }

    @Test("a backup that is restored elsewhere holds the same, and works")
    func restored() async throws {
        try await withFile { file in
            let before = try await TestCluster.shared.withCatalogue { url in
                let connection = try await Connection.open(url)
                _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
                let queue = OrderQueue(connection)
                let orders = try await queue.take(
                    sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
                try await queue.report(OrderQueueTests.report(orders[0]))
                try await CatalogueArchive(DatabaseAddress.find(named: url)).backup(to: file)
                return try await Self.contents(connection)
            }
            #expect(before.count > 30)
            for isMigrated in [true, false] {
                try await restore(file, isMigrated: isMigrated, expecting: before)
            }
        }
    }

    private func restore(_ file: String, isMigrated: Bool, expecting before: [String]) async throws
    {
        let body: @Sendable (String) async throws -> Void = { url in
            let address = try await DatabaseAddress.find(named: url)
            try await CatalogueArchive(address).restore(from: file)
            let connection = try await Connection.open(url)
            try await Migrator().check(connection)
            #expect(try await Self.contents(connection) == before)
            let owner = try await OwnershipStore(connection).owner(
                of: .tile("T1"), survey: Sample.survey, at: Sample.start)
            #expect(owner.assignment.primary == "SDC-FR")
            guard
                case .published = try await PlanStore(connection).publish(
                    Sample.distribution(observations: [Sample.observation("1")]),
                    Sample.request(2, running: .keep))
            else {
                Issue.record("nothing can be published after the restore")
                return
            }
            let again = await catalogueError {
                try await CatalogueArchive(address).restore(from: file)
            }
            #expect(again?.code == .notEmpty)
        }
        if isMigrated {
            try await TestCluster.shared.withCatalogue(body)
        } else {
            try await TestCluster.shared.withDatabase(body)
        }
    }

    @Test("a file is never replaced, and none is left where the backup fails")
    func files() async throws {
        try await withFile { file in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
            let exists = await catalogueError {
                try await CatalogueArchive(DatabaseAddress.find(named: "host=/nonexistent"))
                    .backup(to: file)
            }
            #expect(exists?.code == .cannotWrite)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
            let failed = await #expect(throws: PostgreSQLServerError.self) {
                try await CatalogueArchive(DatabaseAddress.find(named: "host=/nonexistent"))
                    .backup(to: file + ".new")
            }
            #expect(failed?.code == .failed)
            #expect(failed?.exitStatus == .failure)
            #expect(!FileManager.default.fileExists(atPath: file + ".new"))
            let folder = await catalogueError {
                try await CatalogueArchive(DatabaseAddress.find(named: "host=/nonexistent"))
                    .backup(to: "/nonexistent/backup")
            }
            #expect(folder?.code == .cannotWrite)
        }
    }

    @Test(
        "what is no backup is refused, and the database stays as it is", arguments: ["", "PGDMP"])
    func noBackup(_ text: String) async throws {
        try await withFile { file in
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            try await TestCluster.shared.withDatabase { url in
                let error = await catalogueError {
                    try await CatalogueArchive(DatabaseAddress.find(named: url))
                        .restore(from: file)
                }
                #expect(error?.code == .notABackup)
                #expect(error?.code.exitStatus == .badInput)
                let found = try await Connection.open(url).query(
                    "SELECT to_regnamespace('sgs') IS NULL AS empty")
                #expect(try found[0].decode("empty", as: Bool.self))
            }
        }
    }

    @Test("a password on the command line is refused before anything connects")
    func password() async throws {
        for address in ["postgresql://u:secret@host/db", "host=h password=secret"] {
            let error = await catalogueError { try await DatabaseAddress.find(named: address) }
            #expect(error?.code == .passwordShown)
            #expect(error?.code.exitStatus == .usage)
            #expect(error?.message.contains("secret") == false)
        }
    }
}
