import Foundation
import PostgreSQL
import PostgreSQLServer

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
    ///   written; `PostgreSQLServerError` of code `missing` where `pg_dump` is not installed,
    ///   `failed` or `cannotWrite` where it fails; `PostgreSQLError`.
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
        try await run(
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
    ///   `notABackup`; `PostgreSQLServerError`; `PostgreSQLError`.
    public func restore(from file: String) async throws {
        guard FileManager.default.isReadableFile(atPath: file),
            (try? await run("pg_restore", "--list", file))?.contains(" sgs distribution ") == true
        else { throw CatalogueError(.notABackup, "\(file) is no backup of a catalogue") }
        let connection = try await Connection.open(address.connectionString)
        try await refuseWhereFilled(connection)
        try await connection.run(
            script: CatalogueRole.creation + ";" + Self.extensionInPublic)
        let database = try await connection.query("SELECT current_database() AS name")[0]
            .decode("name", as: String.self)
        try await run(
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

    @discardableResult
    private func run(_ program: String, _ arguments: String...) async throws -> String {
        try await ClientProgram(program).run(arguments, on: address.connectionString)
    }
}
