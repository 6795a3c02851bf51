import Foundation
import PostgreSQL

/// Backups of a catalogue in PostgreSQL's own archive format, made by `pg_dump` and read by
/// `pg_restore` (PostgreSQL manual, 26.1).
///
/// The programs get the address in their environment, never on a command line.
public struct CatalogueArchive: Sendable {
    private let address: DatabaseAddress

    public init(_ address: DatabaseAddress) {
        self.address = address
    }

    /// Writes everything that the catalogue holds at one instant into a file, which appears only
    /// when it is whole.
    ///
    /// - Throws: `CatalogueError` of code `cannotWrite` where the file exists or cannot be
    ///   written, `serviceMissing` where `pg_dump` is not installed, `serverFailed`;
    ///   `PostgreSQLError`.
    public func backup(to file: String) async throws {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw CatalogueError(
                .cannotWrite, "\(file) exists already; backups never replace a file")
        }
        let partial = "\(file).partial-\(ProcessInfo.processInfo.processIdentifier)"
        defer { unlink(partial) }
        guard
            FileManager.default.createFile(
                atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600])
        else {
            throw CatalogueError(
                .cannotWrite, "\(partial) cannot be written: \(String(cString: strerror(errno)))")
        }
        try run(
            "pg_dump", "--format=custom", "--no-password", "--schema=sgs", "--schema=ivoa",
            "--file=\(partial)")
        guard link(partial, file) == 0 else {
            throw CatalogueError(
                .cannotWrite, "\(file) cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    /// Brings a backup into a database without a catalogue, or with one that holds nothing; all
    /// of it or nothing.
    ///
    /// - Throws: `CatalogueError` of code `notEmpty` where distributions or orders are there,
    ///   `notABackup`, `serviceMissing`, `serverFailed`; `PostgreSQLError`.
    public func restore(from file: String) async throws {
        guard FileManager.default.isReadableFile(atPath: file),
            (try? run("pg_restore", "--list", file))?.contains(" sgs distribution ") == true
        else { throw CatalogueError(.notABackup, "\(file) is no backup of a catalogue") }
        let connection = try await Connection.open(address.connectionString)
        try await refuseWhereFilled(connection)
        try await connection.run(
            script: CatalogueRole.creation + ";" + Self.extensionInPublic)
        let database = try await connection.query("SELECT current_database() AS name")[0]
            .decode("name", as: String.self)
        try run(
            "pg_restore", "--clean", "--if-exists", "--single-transaction", "--exit-on-error",
            "--no-password", "--dbname=\(database)", file)
        try await connection.run(script: "ANALYZE")
        await connection.close()
    }

    /// Where the migrating user is called sgs the extension came into the schema that goes.
    private static let extensionInPublic = """
        CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;
        ALTER EXTENSION btree_gist SET SCHEMA public
        """

    private func refuseWhereFilled(_ connection: Connection) async throws {
        let found = try await connection.query(
            "SELECT to_regclass('sgs.distribution') IS NOT NULL AS found")
        guard try found[0].decode("found") else { return }
        let count = try await connection.query("SELECT count(*) AS n FROM sgs.distribution")[0]
            .decode("n", as: Int.self)
        guard count == 0 else {
            throw CatalogueError(
                .notEmpty,
                "the catalogue holds \(count) distributions, and a restore replaces nothing: name "
                    + "an empty database")
        }
    }

    /// Runs one of PostgreSQL's client programs on the catalogue.
    ///
    /// - Returns: what it printed.
    @discardableResult
    private func run(_ program: String, _ arguments: String...) throws -> String {
        let given = try ConnectionString(address.connectionString).environment
        var environment = ProcessInfo.processInfo.environment
        // An address of one's own takes nothing from the caller's variables but the password.
        if !given.isEmpty {
            let kept = ["PGPASSWORD", "PGPASSFILE"]
            environment = environment.filter { !$0.key.hasPrefix("PG") || kept.contains($0.key) }
        }
        environment.merge(given) { $1 }
        environment["LC_ALL"] = "C"
        let outcome = try ChildProcess.run(
            [try Self.path(of: program)] + arguments, environment: environment)
        guard outcome.status == 0 else {
            let said = outcome.output.split(separator: "\n").prefix(3).joined(separator: " | ")
            throw CatalogueError(
                said.contains("No space left on device") ? .cannotWrite : .serverFailed,
                "\(program) failed: \(said)")
        }
        return outcome.output
    }

    /// The newest of Debian's folders that has the program, else the one on PATH.
    private static func path(of program: String) throws -> String {
        let debian = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        let folders =
            versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(debian)/\($0)/bin" }
            + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map(String.init)
        let paths = folders.map { "\($0)/\(program)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else {
            throw CatalogueError(
                .serviceMissing,
                "\(program) is not installed; run: apt-get install postgresql-client")
        }
        return path
    }
}
