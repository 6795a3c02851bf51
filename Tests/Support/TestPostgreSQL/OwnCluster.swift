import Catalogue
import Foundation
import PostgreSQL
public import PostgreSQLServer

/// A throwaway PostgreSQL cluster of one test, which may stop and start its server.
public enum OwnCluster {
    /// Runs `body` with a cluster that has an up-to-date catalogue in its own database.
    public static func withCatalogue<Value: Sendable>(
        _ body: @Sendable (PrivateCluster) async throws -> Value
    ) async throws -> Value {
        let directory = "/tmp/sgs-test-\(UUID().uuidString.prefix(8).lowercased())"
        let cluster = try PrivateCluster.catalogue(directory: directory, durability: .scratch)
        try Watcher.stopAtExit(directory: directory)
        _ = try await cluster.start()
        do {
            let connection = try await Connection.open(cluster.url)
            try await Migrator().migrate(connection)
            await connection.close()
            let value = try await body(cluster)
            _ = try await cluster.stop()
            return value
        } catch {
            _ = try? await cluster.stop()
            throw error
        }
    }
}
