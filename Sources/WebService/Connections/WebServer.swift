import Hummingbird
import HummingbirdCore
public import Logging
public import NIOCore
public import ServiceLifecycle

/// Answers HTTP/1.1 with a table of routes until it is asked to stop.
public struct WebServer<State: Sendable>: ServiceLifecycle.Service {
    private let routes: RouteTable<State>
    private let configuration: WebServerConfiguration
    private let services: [any ServiceLifecycle.Service]
    private let logger: Logger
    private let onListening: @Sendable (Int) -> Void

    /// - `services`: what runs as long as it, and ends with it.
    /// - `onListening`: told the port once connections are taken.
    public init(
        _ routes: RouteTable<State>, _ configuration: WebServerConfiguration,
        services: [any ServiceLifecycle.Service] = [], logger: Logger,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.routes = routes
        self.configuration = configuration
        self.services = services
        self.logger = logger
        self.onListening = onListening
    }

    /// Answers until it is asked to stop; what is under way then is finished.
    ///
    /// - Throws: the system's error where the address cannot be bound, or what one of the services
    ///   throws.
    public func run() async throws {
        let idle = configuration.idle
        var application = Application(
            responder: routes,
            server: HTTPServerBuilder { ServiceChannel(responder: $0, idle: idle) },
            configuration: ApplicationConfiguration(
                address: configuration.address,
                serverName: configuration.name, backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.connections)),
            onServerRunning: { [onListening] channel in
                onListening(channel.localAddress?.port ?? 0)
            },
            logger: logger)
        for service in services { application.addServices(service) }
        try await application.run()
    }
}

/// Where a server listens, and what one client may take of it.
public struct WebServerConfiguration: Sendable {
    /// What the Server header says.
    let name: String
    let address: BindAddress
    let connections: Int
    let idle: TimeAmount

    /// - `name`: what the Server header says.
    /// - `port`: 0 for any free one.
    /// - `connections`: the most at a time; more wait in the system's queue.
    /// - `idle`: how long a connection may stay without a byte in either direction.
    public init(name: String, host: String, port: Int, connections: Int, idle: TimeAmount) {
        self.init(
            name: name, at: .hostname(host, port: port), connections: connections, idle: idle)
    }

    /// - `socket`: the path of a Unix socket (unix(7)); what is there must be no socket that
    ///   anybody listens on.
    public init(name: String, socket: String, connections: Int, idle: TimeAmount) {
        self.init(
            name: name, at: .unixDomainSocket(path: socket), connections: connections, idle: idle)
    }

    private init(name: String, at address: BindAddress, connections: Int, idle: TimeAmount) {
        self.name = name
        self.address = address
        self.connections = connections
        self.idle = idle
    }
}
