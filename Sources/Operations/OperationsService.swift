public import Execution
import Foundation
import Glibc
import GroundSegment
public import Logging
import NIOCore
import Payloads
public import ServiceLifecycle
import WebService

/// A runner's pages and interface over HTTP, beside the runner in its own process: everybody may
/// look, whoever has a token may steer.
public struct OperationsService: ServiceLifecycle.Service {
    /// Where it listens.
    public enum Address: Hashable, Sendable {
        case tcp(host: String, port: Int)
        /// The path of a Unix socket (unix(7)), which only its owner may use.
        case socket(String)

        /// `HOST:PORT`, `[::1]:8090` or `unix:PATH`; `nil` for any other text.
        public init?(_ text: String) {
            if text.hasPrefix("unix:") {
                let path = String(text.dropFirst(5))
                // What sun_path holds (unix(7)).
                guard path.hasPrefix("/"), path.utf8.count <= 107 else { return nil }
                self = .socket(path)
                return
            }
            guard let colon = text.lastIndex(of: ":"),
                let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port)
            else { return nil }
            let host = text[..<colon]
            let plain =
                host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host
            guard !plain.isEmpty else { return nil }
            self = .tcp(host: String(plain), port: port)
        }

        /// Whether only this machine can reach it.
        public var isLocal: Bool {
            switch self {
            case .socket: true
            case .tcp(let host, _): ["localhost", "::1"].contains(host) || host.hasPrefix("127.")
            }
        }
    }

    private let server: WebServer<ServedRunner>
    private let address: Address
    private let ports: AsyncStream<Int>
    private let found: AsyncStream<Int>.Continuation
    private let served: ServedRunner
    private let logger: Logger

    /// - Parameters:
    ///   - library: where programs are, for the commands that pages show.
    ///   - onListening: told the port once connections are taken.
    /// - Throws: `ExecutionError` of code `store` where the runner's store cannot be read, of code
    ///   `busy` where somebody listens on the socket already.
    public init(
        _ address: Address, runner: Runner, configuration: RunnerConfiguration,
        library: PipelineLibrary?, logger: Logger,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        if case .socket(let path) = address { try Self.clear(path) }
        self.address = address
        self.logger = logger
        (ports, found) = AsyncStream.makeStream(of: Int.self)
        let path = RunStore.path(state: configuration.state, sdc: configuration.storage.sdc)
        let changes = StateChanges(try RunStore(reading: path), logger: logger)
        let served = ServedRunner(
            sdc: configuration.storage.sdc, configuration: configuration, book: try runner.book(),
            waste: WasteBook(store: try RunStore(reading: path)),
            tokens: AccessTokens(state: configuration.state, sdc: configuration.storage.sdc),
            control: RunnerControl(configuration), library: library, attempts: LoginAttempts(),
            changes: changes, logger: logger)
        self.served = served
        let budget = ByteBudget(total: Self.bytesUnderWay)
        let routes = RouteTable(
            Interface().routes, state: { served }, budget: budget, bodyBytes: 64 << 10,
            metrics: RequestMetrics(prefix: "sdc_runner"), logger: logger,
            isShared: false, nowhere: Interface.failure)
        let settings =
            switch address {
            case .tcp(let host, let port):
                WebServerConfiguration(
                    name: "sdc-runner", host: host, port: port, connections: Self.connections,
                    idle: .seconds(60))
            case .socket(let path):
                WebServerConfiguration(
                    name: "sdc-runner", socket: path, connections: Self.connections,
                    idle: .seconds(60))
            }
        server = WebServer(routes, settings, services: [changes], logger: logger) { [found] port in
            // Whoever may open it may steer with a token, and look without.
            if case .socket(let path) = address { chmod(path, 0o600) }
            onListening(port)
            found.yield(port)
        }
    }

    private static let connections = 256
    private static let bytesUnderWay = 256 << 20

    /// Waits until connections are taken; `false` where they never will be.  Asked once.
    public func isListening() async -> Bool {
        for await _ in ports { return true }
        return false
    }

    /// Answers until it is asked to stop.
    ///
    /// - Throws: the system's error where it cannot listen.
    public func run() async throws {
        defer { found.finish() }
        // The first who asks for it does not wait either.
        async let waste = try? WasteSelection.usual.report(served)
        try await server.run()
        _ = await waste
        if case .socket(let path) = address { unlink(path) }
    }

    /// Takes away a socket that nobody listens on any more.
    private static func clear(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        var facts = stat()
        guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFSOCK else {
            throw ExecutionError(.busy, "\(path): found a file, expected a place for a socket")
        }
        if (try? UnixSocket.dial(path)) != nil {
            throw ExecutionError(.busy, "\(path): somebody listens there already")
        }
        unlink(path)
    }
}
