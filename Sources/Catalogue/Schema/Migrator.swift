public import PostgreSQL

/// Brings a database's schema to what this program knows, and refuses one that it does not know.
public struct Migrator: Sendable {
    private let migrations: [Migration]

    /// - Parameter migrations: numbered from 1 without gaps.
    public init(migrations: [Migration] = Migration.all) {
        self.migrations = migrations
    }

    /// Runs the migrations that the database lacks, in one transaction and one program at a time,
    /// and brings the views' comments up to date.
    ///
    /// - Returns: those that were run; none where the schema was up to date.
    /// - Throws: `CatalogueError.otherSchema` where the database knows more, or other, migrations;
    ///   `PostgreSQLError`.
    @discardableResult
    public func migrate(_ connection: Connection) async throws -> [Migration] {
        try await connection.transaction { connection in
            try connection.query("SELECT pg_advisory_xact_lock(hashtextextended('sgs.migrate', 0))")
            try connection.run(script: Self.bookkeeping)
            let applied = try applied(connection)
            try verify(applied, on: connection)
            let missing = migrations.dropFirst(applied.count)
            if !missing.isEmpty { try connection.run(script: CatalogueRole.creation) }
            for migration in missing {
                try connection.run(script: migration.sql)
                try connection.query(
                    """
                    INSERT INTO sgs.migration (number, name, sha256)
                    VALUES ($1, $2, encode(sha256(convert_to($3, 'UTF8')), 'hex'))
                    """, migration.number, migration.name, migration.sql)
            }
            try ViewComments.write(on: connection)
            return Array(missing)
        }
    }

    /// Checks that the database has exactly this program's schema.
    ///
    /// - Throws: `CatalogueError.notMigrated` or `.otherSchema`; `PostgreSQLError`.
    public func check(_ connection: Connection) async throws {
        try await connection.transaction { connection in
            let found = try connection.query(
                "SELECT to_regclass('sgs.migration') IS NOT NULL AS found")
            let applied = try found[0].decode("found") ? applied(connection) : []
            try verify(applied, on: connection)
            guard applied.count == migrations.count else {
                throw CatalogueError(
                    .notMigrated,
                    "the catalogue's schema has \(applied.count) of \(migrations.count) migrations; "
                        + "run: sgs catalogue migrate")
            }
        }
    }

    private static let bookkeeping = """
        CREATE SCHEMA IF NOT EXISTS sgs;
        CREATE TABLE IF NOT EXISTS sgs.migration (
            number integer CONSTRAINT migration_pkey PRIMARY KEY,
            name text NOT NULL,
            sha256 text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );
        """

    private struct Applied {
        let number: Int
        let sha256: String
    }

    private func applied(_ connection: isolated Connection) throws -> [Applied] {
        try connection.query("SELECT number, sha256 FROM sgs.migration ORDER BY number").map {
            try Applied(number: $0.decode("number"), sha256: $0.decode("sha256"))
        }
    }

    private func verify(_ applied: [Applied], on connection: isolated Connection) throws {
        if let last = applied.last, last.number > migrations.count {
            throw CatalogueError(
                .otherSchema,
                "the catalogue's schema is at migration \(last.number), newer than this program's "
                    + "\(migrations.count): use the newer release")
        }
        for (known, found) in zip(migrations, applied) {
            let rows = try connection.query(
                "SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex') AS sha256", known.sql)
            guard try rows[0].decode("sha256") == found.sha256, known.number == found.number else {
                throw CatalogueError(
                    .otherSchema,
                    "migration \(known.number) \(known.name) of the catalogue differs from this "
                        + "program's: the database was migrated by another build")
            }
        }
    }
}
