import ArgumentParser
import Catalogue
import PostgreSQL

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

    /// A session with the catalogue, whose schema is this program's.
    func open() async throws -> Connection {
        let connection = try await connect()
        try await Migrator().check(connection)
        return connection
    }

    /// A session with the database, whatever its schema.
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
    } catch let error as PostgreSQLError {
        throw CommandFailure(error.exitStatus, "\(error)")
    }
}
