import Catalogue
import Foundation
import GroundSegment
import Logging
import Planning
import PostgreSQL
import ServiceLifecycle
import TestPostgreSQL
import TestWebClient

@testable import Service

/// A service on a port of its own over a database of its own.
struct RunningService: Sendable {
    let port: Int
    let database: String
    /// Asks the service to stop, as SIGTERM does.
    let stop: @Sendable () async -> Void

    /// Runs `body` with a service whose present is a day after the sample's start.
    static func with<Value: Sendable>(
        _ plans: [Plan] = [ServiceSample.plan()], limits: ServiceLimits = ServiceLimits(),
        accessLog: (@Sendable (String) -> Void)? = nil,
        _ body: @Sendable @escaping (RunningService) async throws -> Value
    ) async throws -> Value {
        try await TestCluster.shared.withCatalogue { url in
            for plan in plans { try await publish(plan, url) }
            return try await serve(url, limits: limits, accessLog: accessLog, body)
        }
    }

    /// Runs `body` with a service of the sample, one for all tests that only ask it; it runs as long
    /// as their process.
    static func shared<Value: Sendable>(
        _ body: @Sendable (RunningService) async throws -> Value
    ) async throws -> Value {
        try await body(try await common.value)
    }

    private static let common = Task {
        let (services, starting) = AsyncThrowingStream<RunningService, any Error>.makeStream()
        Task {
            do {
                try await with { service in
                    starting.yield(service)
                    // Until the process ends.
                    let (end, ending) = AsyncStream<Void>.makeStream()
                    for await _ in end {}
                    ending.finish()
                }
            } catch {
                starting.finish(throwing: error)
            }
        }
        for try await service in services { return service }
        throw CancellationError()
    }

    static func serve<Value: Sendable>(
        _ url: String, limits: ServiceLimits = ServiceLimits(),
        accessLog: (@Sendable (String) -> Void)? = nil,
        _ body: @Sendable @escaping (RunningService) async throws -> Value
    ) async throws -> Value {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = OwnershipService(
            .init(
                port: 0, database: url, publicAddress: "https://archive.example", limits: limits,
                accessLog: accessLog),
            logger: logger,
            clock: .fixed(ServiceSample.start + 1), onListening: { listening.yield($0) })
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: service)], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var port = 0
            for await number in ports {
                port = number
                break
            }
            let running = RunningService(
                port: port, database: url, stop: { await group.triggerGracefulShutdown() })
            try await running.until("/readyz", status: 200)
            do {
                let value = try await body(running)
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return value
            } catch {
                tasks.cancelAll()
                throw error
            }
        }
    }

    static func publish(
        _ plan: Plan, _ url: String, comment: String? = nil, failoverOf: ID<SDC>? = nil
    ) async throws {
        let connection = try await Connection.open(url)
        let (bytes, digest) = PlanDocument.encode(plan)
        _ = try await PlanStore(connection).publish(
            plan.distribution,
            PublicationRequest(
                digest: digest, planJSON: String(decoding: bytes, as: UTF8.self),
                author: "tester", comment: comment ?? "for a test", failoverOf: failoverOf))
        await connection.close()
    }

    typealias Reply = WebClient.Reply

    private var client: WebClient { WebClient(port: port) }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await client.get(path, headers)
    }

    func send(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: Data? = nil
    ) async throws -> Reply {
        try await client.send(method, path, headers, body: body)
    }

    /// Asks again until the answer has a status.
    func until(_ path: String, status: Int) async throws {
        try await client.until(path, status: status)
    }
}
