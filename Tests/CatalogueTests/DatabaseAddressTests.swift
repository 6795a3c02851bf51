import Catalogue
import Foundation
import PostgreSQLServer
import Testing

@Suite struct DatabaseAddressTests {
    @Test("an address is the user's, then libpq's environment, then the private cluster that runs")
    func address() async throws {
        let named = try await DatabaseAddress.find(named: "host=x", environment: ["PGHOST": "y"])
        #expect(named.connectionString == "host=x")
        let chosen = try await DatabaseAddress.find(environment: ["PGDATABASE": "y"])
        #expect(chosen.connectionString == "")
        let directory = "/tmp/sgs-cluster-\(UUID().uuidString)"
        let cluster = try PrivateCluster.catalogue(directory: directory, durability: .scratch)
        do {
            let stopped = await catalogueError {
                try await DatabaseAddress.find(environment: [:], directory: cluster.directory)
            }
            #expect(stopped?.code.exitStatus == .serviceMissing)
            #expect(stopped?.message.hasSuffix("is not running; run: sgs catalogue start") == true)
            _ = try await cluster.start()
            let address = try await DatabaseAddress.find(
                environment: [:], directory: cluster.directory)
            #expect(address.connectionString == cluster.url)
        } catch {
            _ = try? await cluster.stop()
            try? FileManager.default.removeItem(atPath: directory)
            throw error
        }
        _ = try await cluster.stop()
        try FileManager.default.removeItem(atPath: directory)
    }
}
