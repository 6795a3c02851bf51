import ArgumentParser
import Catalogue
import PostgreSQL
import PostgreSQLServer

/// Which database holds the catalogue; shared by every command that needs it.
struct DatabaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "libpq URL or connection string of the catalogue.",
            discussion: "Default: PGHOST and the other libpq variables where PGHOST, PGSERVICE or "
                + "PGDATABASE is set, else the private catalogue.",
            valueName: "url"))
    var database: String?

    @Option(help: "Folder of the private catalogue (default: \(PrivateCluster.defaultDirectory)).")
    var directory: String?

    func validate() throws {
        guard database == nil || directory == nil else {
            throw ValidationError("--database and --directory exclude each other")
        }
    }

    /// What a session is for, which says how long its statements may take.
    enum Use {
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
    func open(for use: Use = .answer) async throws -> Connection {
        let connection = try await Connection.open(
            address().connectionString, options: use.options)
        try await Migrator().check(connection)
        return connection
    }

    /// A session with the database, whatever its schema, without limits.
    func connect() async throws -> Connection {
        try await Connection.open(address().connectionString)
    }

    /// Which database it is.
    func address() async throws -> DatabaseAddress {
        try await DatabaseAddress.find(named: database, directory: directory)
    }
}

/// Runs a command's work and turns what the catalogue or PostgreSQL throws into a message and
/// its exit status.
func reportingFailures<Value>(_ work: () async throws -> Value) async throws -> Value {
    do { return try await work() } catch let error as CatalogueError {
        throw CommandFailure(error.code.exitStatus, error.message)
    } catch let error as PostgreSQLServerError {
        throw CommandFailure(error.exitStatus, error.message)
    } catch let error as PostgreSQLError {
        throw CommandFailure(error.exitStatus, "\(error)")
    }
}
