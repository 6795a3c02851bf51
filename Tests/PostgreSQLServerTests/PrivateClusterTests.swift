import Foundation
import PostgreSQL
import PostgreSQLServer
import Testing

@Suite struct PrivateClusterTests {
    /// A cluster in a folder of its own, which is stopped and removed afterwards.
    private func withCluster(
        below parent: String = "/tmp", _ body: @Sendable (PrivateCluster) async throws -> Void
    ) async throws {
        let directory = "\(parent)/sgs-cluster-\(UUID().uuidString)"
        let cluster = try PrivateCluster(
            name: "sgs", directory: directory, durability: .scratch)
        do { try await body(cluster) } catch {
            _ = try? await cluster.stop()
            try? FileManager.default.removeItem(atPath: directory)
            throw error
        }
        _ = try await cluster.stop()
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test("a cluster is created, reused while it runs, started again, and keeps what it holds")
    func lifeCycle() async throws {
        try await withCluster { cluster in
            #expect(try await cluster.stop() == false)
            #expect(try await cluster.start() == .created)
            #expect(try await cluster.start() == .alreadyRunning)
            let connection = try await Connection.open(cluster.url)
            try await connection.run(script: "CREATE TABLE kept (n integer)")
            #expect(try await cluster.stop())
            #expect(await cluster.isRunning == false)
            #expect(try await cluster.start() == .started)
            let again = try await Connection.open(cluster.url)
            #expect(try await again.query("SELECT count(*) AS n FROM kept")[0].decode("n") == 0)
        }
    }

    @Test("a cluster that crashed starts again, also where its process number is another's by now")
    func crash() async throws {
        try await withCluster { cluster in
            _ = try await cluster.start()
            let file = "\(cluster.directory)/data/postmaster.pid"
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            let server = try #require(lines.first.flatMap { Int32($0) })
            #expect(kill(server, SIGKILL) == 0)
            while await cluster.isRunning { try Task.checkCancellation() }
            let text =
                ([String(ProcessInfo.processInfo.processIdentifier)]
                + lines.dropFirst().map(String.init))
                .joined(separator: "\n")
            try text.write(toFile: file, atomically: false, encoding: .utf8)
            #expect(try await cluster.start() == .started)
        }
    }

    @Test("sixteen starts at once create one cluster")
    func concurrentStarts() async throws {
        try await withCluster { cluster in
            let started = try await withThrowingTaskGroup(of: PrivateCluster.Started.self) {
                group in
                for _ in 1...16 { group.addTask { try await cluster.start() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(started.filter { $0 == .created }.count == 1)
            #expect(started.filter { $0 == .alreadyRunning }.count == 15)
        }
    }

    @Test("a folder too deep for a Unix socket gets its socket elsewhere")
    func deepFolder() async throws {
        let deep = "/tmp/sgs-deep-\(UUID().uuidString)"
        try await withCluster(below: deep + "/" + String(repeating: "deep/", count: 20)) {
            cluster in
            #expect(try await cluster.start() == .created)
            #expect(cluster.url.contains("host=/tmp/sgs-"))
            try await Connection.open(cluster.url).close()
        }
        try FileManager.default.removeItem(atPath: deep)
    }
}
