import Catalogue
import Foundation
import PostgreSQL
import PostgreSQLServer

/// A throwaway PostgreSQL cluster of this test process, with a database for each test.
///
/// The server ends with the process however that ends: a watcher holds the reading end of a pipe
/// whose writing end only this process has, and stops the server when the pipe closes.
public actor TestCluster {
    public static let shared = TestCluster()

    private var starting: Task<PrivateCluster, any Error>?
    private var databases = 0
    /// How many more tests may have a database now, and those that wait for one.
    private var free = 40
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Runs `body` with the URL of a database of its own, which holds an up-to-date catalogue.
    public nonisolated func withCatalogue<Value: Sendable>(
        _ body: @Sendable (String) async throws -> Value
    ) async throws -> Value {
        try await withDatabase(template: Self.template, body)
    }

    /// Runs `body` with the URL of an empty database of its own.
    public nonisolated func withDatabase<Value: Sendable>(
        _ body: @Sendable (String) async throws -> Value
    ) async throws -> Value {
        try await withDatabase(template: "template0", body)
    }

    private nonisolated func withDatabase<Value: Sendable>(
        template: String, _ body: @Sendable (String) async throws -> Value
    ) async throws -> Value {
        let cluster = try await running()
        await enter()
        do {
            let value = try await withDatabase(of: cluster, template: template, body)
            await leave()
            return value
        } catch {
            await leave()
            throw error
        }
    }

    /// Waits until not too many tests have a database: all of them at once would run into their
    /// safety nets.
    private func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }

    private nonisolated func withDatabase<Value: Sendable>(
        of cluster: PrivateCluster, template: String,
        _ body: @Sendable (String) async throws -> Value
    ) async throws -> Value {
        let name = await nextName()
        try await Self.administer(cluster, "CREATE DATABASE \(name) TEMPLATE \(template)")
        do {
            let value = try await body(cluster.url(database: name))
            try await Self.administer(cluster, "DROP DATABASE \(name) WITH (FORCE)")
            return value
        } catch {
            try await Self.administer(cluster, "DROP DATABASE \(name) WITH (FORCE)")
            throw error
        }
    }

    private static let template = "catalogue_template"

    private func nextName() -> String {
        databases += 1
        return "test_\(databases)"
    }

    private func running() async throws -> PrivateCluster {
        if let starting { return try await starting.value }
        let task = Task { try await Self.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> PrivateCluster {
        let directory = "/tmp/sgs-test-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.removeItem(atPath: directory)
        let cluster = try PrivateCluster.catalogue(directory: directory, durability: .scratch)
        try Watcher.stopAtExit(directory: directory)
        _ = try await cluster.start()
        try await administer(cluster, "CREATE DATABASE \(template)")
        let connection = try await Connection.open(cluster.url(database: template))
        try await Migrator().migrate(connection)
        await connection.close()
        return cluster
    }

    private static func administer(_ cluster: PrivateCluster, _ sql: String) async throws {
        let connection = try await Connection.open(cluster.url(database: "postgres"))
        try await connection.run(script: sql)
        await connection.close()
    }
}
