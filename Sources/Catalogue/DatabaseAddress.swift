public import Foundation
import PostgreSQL
import PostgreSQLServer

/// Where the catalogue's database is: named by the user, by libpq's environment or private.
public struct DatabaseAddress: Hashable, Sendable {
    /// What libpq takes: a URL, `keyword=value` pairs, or nothing for its environment variables.
    public let connectionString: String

    /// The database to use.
    ///
    /// - Parameters:
    ///   - named: the user's own choice; goes before everything else.
    ///   - environment: PGHOST, PGSERVICE or PGDATABASE in it choose libpq's variables.
    ///   - directory: folder of the private cluster, used where nothing else is chosen.
    /// - Throws: `CatalogueError` of code `serviceMissing` where that is the private cluster and it
    ///   does not run, and `passwordShown` where `named` holds a password; `PostgreSQLServerError`;
    ///   `PostgreSQLError` where `named` is malformed.
    public static func find(
        named: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
        directory: String? = nil
    ) async throws -> DatabaseAddress {
        if let named {
            guard try !ConnectionString(named).holdsPassword else {
                throw CatalogueError(
                    .passwordShown,
                    "--database holds a password, which every user of this machine can read on a "
                        + "command line: leave it out, and use PGPASSFILE, PGSERVICE or PGPASSWORD")
            }
            return DatabaseAddress(connectionString: named)
        }
        let chosen = ["PGHOST", "PGSERVICE", "PGDATABASE"].contains { environment[$0] != nil }
        if directory == nil, chosen { return DatabaseAddress(connectionString: "") }
        let cluster = try PrivateCluster.catalogue(directory: directory)
        guard await cluster.isRunning else {
            throw CatalogueError(
                .serviceMissing,
                "the private catalogue in \(cluster.directory) is not running; "
                    + "run: sgs catalogue start")
        }
        return DatabaseAddress(connectionString: cluster.url)
    }
}
