import Logging
import NIOCore
import ServiceLifecycle
import TestWebClient

@testable import WebService

/// The sample's routes on a port of their own.
struct RunningRoutes: Sendable {
    let client: WebClient
    let board: StateBoard<SampleState>
    let metrics: RequestMetrics
    /// Asks the server to stop, as SIGTERM does.
    let stop: @Sendable () async -> Void

    /// Runs `body` with a server that runs as long.
    ///
    /// - Parameter idle: how long a connection may stay without a byte.
    static func with<Value: Sendable>(
        idle: TimeAmount = .seconds(30),
        _ body: @Sendable @escaping (RunningRoutes) async throws -> Value
    ) async throws -> Value {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let board = StateBoard(SampleState())
        let metrics = RequestMetrics(prefix: "test")
        let server = WebServer(
            RouteTable(
                SampleRoutes.all, state: { board.state }, budget: ByteBudget(total: 64 << 20),
                bodyBytes: SampleRoutes.bodyBytes, metrics: metrics, logger: logger),
            WebServerConfiguration(
                name: "test", host: "127.0.0.1", port: 0, connections: 1000, idle: idle),
            logger: logger, onListening: { listening.yield($0) })
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: server)], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var port = 0
            for await number in ports {
                port = number
                break
            }
            let running = RunningRoutes(
                client: WebClient(port: port), board: board, metrics: metrics,
                stop: { await group.triggerGracefulShutdown() })
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
}
