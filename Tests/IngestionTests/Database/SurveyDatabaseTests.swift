import Foundation
import GRDB
import GroundSegment
import Testing

@testable import Ingestion

@Suite("SurveyDatabase")
struct SurveyDatabaseTests {
    private static let plan = CaseFixture.plan(
        "file: survey.csv\n  format: csv", "file: opsim.db\n  format: sqlite"
    ).replacing(
        "{id: name, start: start, end: end, ra: ra, dec: dec, kind: kind}",
        with: "{id: i, start: t, duration: s, ra: ra, dec: de}")

    private static let table =
        "CREATE TABLE observations (i TEXT, t REAL, s REAL, ra REAL, de REAL);"

    private static func row(_ id: String) -> String {
        "INSERT INTO observations VALUES ('\(id)', 61409.5, 60, 10, 20);"
    }

    /// The files of a database as they are while a connection is open that has executed `steps`
    /// one by one, as a program that is killed leaves them.
    private func left(by steps: [String]) throws -> [String: Data] {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try DatabaseQueue(path: folder.appending(path: "opsim.db").path)
        var files: [String: Data] = [:]
        try database.writeWithoutTransaction { connection in
            for step in steps { try connection.execute(sql: step) }
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                files[name] = try Data(contentsOf: folder.appending(path: name))
            }
            if connection.isInsideTransaction { try connection.execute(sql: "ROLLBACK") }
        }
        try database.close()
        return files
    }

    private func fixture(_ files: [String: Data]) throws -> CaseFixture {
        var changes: [String: Data?] = files.mapValues { $0 }
        changes["plan.yaml"] = Data(Self.plan.utf8)
        changes["survey.csv"] = .some(nil)
        return try CaseFixture(data: changes)
    }

    private func ids(_ fixture: borrowing CaseFixture) throws -> [String] {
        try fixture.read().survey.observations.map(\.id.text).sorted()
    }

    private static let logged = [
        "PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0", table, row("1"), row("2"),
    ]

    @Test("what is committed in a log that another program left is read, and nothing is written")
    func log() throws {
        var files = try left(by: Self.logged)
        files["opsim.db-shm"] = nil
        #expect((files["opsim.db-wal"]?.count ?? 0) > 0)
        let fixture = try fixture(files)
        #expect(try ids(fixture) == ["1", "2"])
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.path)
        #expect(names.sorted() == ["opsim.db", "opsim.db-wal", "plan.yaml", "sdcs"])
        for (name, data) in files {
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(fixture.path)/\(name)")) == data)
        }
    }

    @Test("a database in the mode of a log, and none left, is read and nothing is written")
    func noLog() throws {
        let files = try left(by: Self.logged + ["PRAGMA wal_checkpoint(TRUNCATE)"])
        let fixture = try fixture(["opsim.db": try #require(files["opsim.db"])])
        #expect(try ids(fixture) == ["1", "2"])
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.path)
        #expect(names.sorted() == ["opsim.db", "plan.yaml", "sdcs"])
    }

    @Test("a transaction that a program left in a rollback journal does not count")
    func journal() throws {
        let files = try left(
            by: [
                "PRAGMA journal_mode = DELETE", Self.table, Self.row("1"), Self.row("2"),
                "PRAGMA cache_spill = 1", "PRAGMA cache_size = 1", "BEGIN",
                "DELETE FROM observations",
                """
                WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000)
                INSERT INTO observations SELECT 'new' || x, 61409.5, 60, 10, 20 FROM n
                """,
            ])
        #expect((files["opsim.db-journal"]?.count ?? 0) > 0)
        let fixture = try fixture(files)
        #expect(try ids(fixture) == ["1", "2"])
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.path)
        #expect(names.sorted() == ["opsim.db", "opsim.db-journal", "plan.yaml", "sdcs"])
    }

    @Test(
        "a log that SQLite would pass over is refused by its name",
        arguments: ["header", "frame", "cut", "commit", "tail"])
    func damagedLog(kind: String) throws {
        var files = try left(by: Self.logged)
        var log = try #require(files["opsim.db-wal"])
        let page = 4096 + 24
        let found: String
        switch kind {
        case "header":
            log[12] ^= 1
            found = "whose header is damaged"
        case "frame":
            log[32 + 24 + 100] ^= 1
            found = "whose frame 1 is damaged"
        case "cut":
            log = log.prefix(log.count - 10)
            found = "cut short in frame \((log.count - 32) / page + 1)"
        case "commit":
            // The last frame is the end of a transaction of its own only; the table's has two.
            log = log.prefix(32 + page)
            found = "whose last transaction is not committed"
        default:
            log += Data([1, 2, 3])
            found = "cut short after frame \((log.count - 32) / page)"
        }
        files["opsim.db-wal"] = log
        let faults = try fixture(files).faults()
        #expect(
            faults == [
                "opsim.db: found a write-ahead log, opsim.db-wal, \(found), expected one that is whole (sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)')"
            ])
    }

    @Test("a database that another process writes is refused by name")
    func locked() throws {
        let fixture = try fixture(try left(by: [Self.table, Self.row("1")]))
        let writer = Process()
        let answer = Pipe()
        let question = Pipe()
        writer.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        writer.arguments = [
            "python3", "-c",
            """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1], isolation_level=None)
            c.execute('BEGIN EXCLUSIVE')
            print('ready', flush=True)
            sys.stdin.read()
            """, fixture.path + "/opsim.db",
        ]
        writer.standardInput = question
        writer.standardOutput = answer
        try writer.run()
        #expect(answer.fileHandleForReading.availableData.starts(with: Data("ready".utf8)))
        #expect(
            fixture.faults() == [
                "opsim.db: found a database that another program is writing, expected one that can be read now"
            ])
        try question.fileHandleForWriting.close()
        writer.waitUntilExit()
        #expect(try ids(fixture) == ["1"])
    }

    @Test("a database that is cut short is a fault")
    func truncated() throws {
        let files = try left(by: [Self.table] + (1...2000).map { Self.row("\($0)") })
        let data = try #require(files["opsim.db"])
        for count in [100, 4096, data.count / 2, data.count - 1] {
            let faults = try fixture(["opsim.db": data.prefix(count)]).faults()
            #expect(faults.count == 1)
            #expect(
                faults.first?.hasPrefix("opsim.db: found a database cut short, of \(count) bytes")
                    == true, "\(faults)"
            )
        }
    }

    @Test("a log of another database is refused")
    func foreign() throws {
        let one = try left(by: Self.logged)
        let other = try left(
            by: [
                "PRAGMA journal_mode = DELETE", "CREATE TABLE a (x)", "CREATE TABLE b (x)",
                Self.table, "CREATE INDEX c ON observations (i)", Self.row("7"),
            ])
        let fixture = try fixture([
            "opsim.db": try #require(other["opsim.db"]),
            "opsim.db-wal": try #require(one["opsim.db-wal"]),
        ])
        // What SQLite makes of the two is sound or refused, never the database without its log.
        if fixture.faults().isEmpty { #expect(try ids(fixture) == ["1", "2"]) }
    }
}
