public import ArgumentParser
public import Catalogue
public import PostgreSQL
import PostgreSQLServer

/// Which database holds the catalogue; shared by every command that needs it.
public struct DatabaseOptions: ParsableArguments {
    /// libpq URL or `keyword=value` pairs; `nil` where the command line names none.
    @Option(
        help: ArgumentHelp(
            "libpq URL or connection string of the catalogue.",
            discussion: "Default: PGHOST and the other libpq variables where PGHOST, PGSERVICE or "
                + "PGDATABASE is set, else the private catalogue.",
            valueName: "url"))
    public var database: String?

    /// `nil` is the folder that this user's private catalogue has by default.
    @Option(help: "Folder of the private catalogue (default: \(PrivateCluster.defaultDirectory)).")
    public var directory: String?

    /// For ArgumentParser, which fills the options in.
    public init() {}

    /// - Throws: `ValidationError` where both are named.
    public func validate() throws {
        guard database == nil || directory == nil else {
            throw ValidationError("--database and --directory exclude each other")
        }
    }

    /// What a session is for, which says how long its statements may take.
    public enum Use {
        /// An answer for somebody who waits: a statement may take two minutes.
        case answer
        /// A publication or withdrawal: a statement takes as long as it does, but waits no longer
        /// than a minute for what others do.
        case change

        var options: ConnectionOptions {
            switch self {
            case .answer: ConnectionOptions(statementTimeout: 120_000)
            case .change: ConnectionOptions(lockTimeout: 60_000)
            }
        }
    }

    /// A session with the catalogue, whose schema is this program's.
    ///
    /// - Throws: as `address()` does; `PostgreSQLError`; `CatalogueError` where the schema is
    ///   another one.
    public func open(for use: Use = .answer) async throws -> Connection {
        let connection = try await Connection.open(
            address().connectionString, options: use.options)
        try await Migrator().check(connection)
        return connection
    }

    /// A session with the database, whatever its schema, without limits.
    ///
    /// - Throws: as `address()` does; `PostgreSQLError`.
    public func connect() async throws -> Connection {
        try await Connection.open(address().connectionString)
    }

    /// Which database it is.
    ///
    /// - Throws: as `DatabaseAddress.find` does.
    public func address() async throws -> DatabaseAddress {
        try await DatabaseAddress.find(named: database, directory: directory)
    }
}
