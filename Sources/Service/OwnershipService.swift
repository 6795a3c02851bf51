public import GroundSegment
public import Logging
public import ServiceLifecycle

import Synchronization
import WebService

/// The archive's service: answers who owns what, when, from the published distributions.
///
/// It reads only, and needs no login.  What is published is held in memory and replaced as a
/// whole when the catalogue notifies; what needs the database is refused while that is gone.
public struct OwnershipService: ServiceLifecycle.Service {
    private let configuration: Configuration
    private let logger: Logger
    private let clock: WallClock
    private let onListening: @Sendable (Int) -> Void

    /// Where the service listens and what it reads.
    public struct Configuration: Sendable {
        /// Address to bind; loopback unless a proxy runs elsewhere.
        public var host: String
        /// 0 for any free port.
        public var port: Int
        /// libpq connection string of the catalogue.
        public var database: String
        /// The address under which clients see the service, without a slash at its end; `nil`
        /// where it is `host` and `port`.
        public var publicAddress: String?
        public var limits: ServiceLimits
        /// Takes the lines of the access log, without their ends; `nil` where none is kept.
        public var accessLog: (@Sendable (String) -> Void)?

        public init(
            host: String = "127.0.0.1", port: Int = 8080, database: String,
            publicAddress: String? = nil, limits: ServiceLimits = ServiceLimits(),
            accessLog: (@Sendable (String) -> Void)? = nil
        ) {
            self.host = host
            self.port = port
            self.database = database
            self.publicAddress = publicAddress
            self.limits = limits
            self.accessLog = accessLog
        }
    }

    /// - Parameters:
    ///   - clock: the present instant, for questions that name none.
    ///   - onListening: told the port once connections are taken.
    public init(
        _ configuration: Configuration, logger: Logger, clock: WallClock,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.clock = clock
        self.onListening = onListening
    }

    /// Answers until it is asked to stop; what is under way then is finished.
    ///
    /// - Throws: the system's error where the address cannot be bound.
    public func run() async throws {
        let board = StateBoard(.empty)
        let metrics = RequestMetrics(prefix: "sgs")
        let limits = configuration.limits
        let budget = ByteBudget(total: limits.bytesUnderWay)
        // Known once it listens, where any free one is taken.
        let port = ListeningPort(configuration.port)
        let backend = Backend(
            board: board, budget: budget,
            sessions: DatabaseSessions(
                address: configuration.database,
                timeout: Int(limits.statement.nanoseconds / 1_000_000)),
            metrics: metrics, limits: limits,
            address: { [configuration] in
                configuration.publicAddress
                    ?? "http://\(configuration.host):\(port.number)"
            }, clock: clock)
        let routes = RouteTable(
            backend.routes, state: { board.state }, budget: budget, bodyBytes: limits.bodyBytes,
            metrics: metrics, logger: logger, nowhere: Backend.failure, onAnswer: onAnswer)
        let server = WebServer(
            routes,
            WebServerConfiguration(
                name: "sgs", host: configuration.host, port: configuration.port,
                connections: limits.connections, idle: limits.idle),
            services: [
                SnapshotFeed(address: configuration.database, board: board, logger: logger),
                MemoryReturn(budget: budget),
            ], logger: logger,
            onListening: { [onListening] number in
                port.set(number)
                onListening(number)
            })
        try await server.run()
    }

    /// Writes the access log; `nil` where none is kept.
    private var onAnswer: (@Sendable (AnsweredRequest) -> Void)? {
        guard let write = configuration.accessLog else { return nil }
        let clock = clock
        return { write(AccessLine(answered: $0, at: clock.now).text) }
    }
}

/// The port on which a service listens.
private final class ListeningPort: Sendable {
    private let content: Mutex<Int>

    init(_ number: Int) {
        content = Mutex(number)
    }

    var number: Int { content.withLock { $0 } }

    func set(_ number: Int) {
        content.withLock { $0 = number }
    }
}
