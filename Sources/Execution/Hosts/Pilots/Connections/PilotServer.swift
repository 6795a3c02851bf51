import Glibc
import Logging
import NIOCore
import NIOPosix
import Payloads
import Synchronization

/// Takes the connections of pilots, which dial their runner, and speaks the payload protocol with
/// each that has shown that it knows its token.
///
/// All of it is one thread of its own; whatever comes in is bounded.
final class PilotServer: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let listener: any Channel
    private let pilots: ConnectedPilots
    /// Where it listens, with the port that it has got.
    let address: PilotAddress

    /// What strangers may take.
    struct Limits: Sendable {
        /// Connections at a time that have not shown who they are.
        var strangers = 1024
        /// How long each of them may take for it.
        var handshake = TimeAmount.seconds(10)
    }

    /// Listens.
    ///
    /// - Parameters:
    ///   - listening: port 0 for any free one; a socket that is there already is replaced.
    ///   - token: the key that a pilot of a name must know; `nil` where there is no such pilot.
    ///   - post: gets the notices, one after the other, on the server's own thread.
    /// - Throws: `ExecutionError` of code `host` where it cannot listen there.
    init(
        listening: PilotAddress, limits: Limits = Limits(),
        token: @escaping @Sendable (_ pilot: String) -> [UInt8]?, logger: Logger,
        post: @escaping @Sendable (PilotNotice) -> Void
    ) throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let pilots = ConnectedPilots(limits: limits, token: token, logger: logger, post: post)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try Self.closeOnExecution(channel) }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.closeOnExecution(channel)
                    try channel.pipeline.syncOperations.addHandler(
                        PilotConnection(channel, pilots))
                }
            }
        do {
            switch listening {
            case .tcp(let host, let port):
                let options = bootstrap.childChannelOption(
                    .socketOption(.so_keepalive), value: 1
                ).childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .childChannelOption(.tcpOption(.init(rawValue: TCP_KEEPIDLE)), value: 30)
                    .childChannelOption(.tcpOption(.init(rawValue: TCP_KEEPINTVL)), value: 10)
                    .childChannelOption(.tcpOption(.init(rawValue: TCP_KEEPCNT)), value: 3)
                listener = try options.bind(host: host, port: port).wait()
                address = .tcp(host: host, port: listener.localAddress?.port ?? port)
            case .unix(let path):
                listener = try bootstrap.bind(
                    unixDomainSocketPath: path, cleanupExistingSocketFile: true
                ).wait()
                address = listening
                guard chmod(path, 0o600) == 0 else {
                    throw ExecutionError(.host, String(cString: strerror(errno)))
                }
            }
        } catch {
            group.shutdownGracefully { _ in }
            throw ExecutionError(.host, "cannot listen on \(listening) for pilots: \(error)")
        }
        self.group = group
        self.pilots = pilots
    }

    /// Keeps a socket from what the runner starts, which would hold the connection, or the port,
    /// when it is closed here.
    private static func closeOnExecution(_ channel: any Channel) throws {
        _ = try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self
        ) { fcntl($0, F_SETFD, FD_CLOEXEC) }
    }

    /// Tells a pilot, in order; dropped where it is not connected, for it is asked again when it is
    /// `connected`.
    func send(_ messages: [RunnerMessage], to pilot: String) {
        pilots.send(messages, to: pilot)
    }

    /// Ends the connection of a pilot, which is told as `disconnected`; it may dial again.
    func drop(_ pilot: String) {
        pilots.drop(pilot)
    }

    /// Ends all connections and stops listening; nothing is told from then on, and nothing more
    /// comes of a second call.
    ///
    /// It is not to be called from `post`.
    func close() {
        guard pilots.close() else { return }
        try? listener.close().wait()
        try? group.syncShutdownGracefully()
    }
}
