import Catalogue
import Foundation
import FoundationNetworking
import GroundSegment
import Logging
import Planning
import PostgreSQL
import ServiceLifecycle
import TestPostgreSQL

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
        _ body: @Sendable @escaping (RunningService) async throws -> Value
    ) async throws -> Value {
        try await TestCluster.shared.withCatalogue { url in
            for plan in plans { try await publish(plan, url) }
            return try await serve(url, limits: limits, body)
        }
    }

    static func serve<Value: Sendable>(
        _ url: String, limits: ServiceLimits = ServiceLimits(),
        _ body: @Sendable @escaping (RunningService) async throws -> Value
    ) async throws -> Value {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = OwnershipService(
            .init(
                port: 0, database: url, publicAddress: "https://archive.example", limits: limits),
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

    struct Reply: Sendable {
        let status: Int
        let headers: [String: String]
        let data: Data

        var text: String { String(decoding: data, as: UTF8.self) }

        /// The members of the object that it is.
        func object() throws -> [String: any Sendable] {
            try JSONSerialization.jsonObject(with: data) as? [String: any Sendable] ?? [:]
        }

        /// A member's text.
        func member(_ name: String) throws -> String? { try object()[name] as? String }

        /// The values of a column, missing ones left out, of a table.
        func column(_ name: String) throws -> [String] {
            let rows = try object()["rows"] as? [[String: any Sendable]] ?? []
            return rows.compactMap { $0[name].map { "\($0)" } }
        }
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await send("GET", path, headers)
    }

    func send(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: Data? = nil
    ) async throws -> Reply {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else {
            throw URLError(.badURL)
        }
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData)
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await Self.session.data(for: request)
        guard let response = response as? HTTPURLResponse else {
            throw URLError(.badServerResponse)
        }
        var fields: [String: String] = [:]
        for (name, value) in response.allHeaderFields {
            fields["\(name)".lowercased()] = "\(value)"
        }
        return Reply(status: response.statusCode, headers: fields, data: data)
    }

    /// Asks again until the answer has a status.
    func until(_ path: String, status: Int) async throws {
        while try await get(path).status != status { try Task.checkCancellation() }
    }

    private static let session = URLSession(configuration: .ephemeral)
}
