import NIOCore
import NIOPosix
import Payloads
import Synchronization

/// Stands between pilots and their runner, and cuts connections.
final class CuttingProxy: Sendable {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let listener: any Channel
    private let state = Mutex(State())

    private struct State {
        var target: PilotAddress?
        var channels: [any Channel] = []
        /// Bytes after which the next connection is cut, in either direction.
        var budget: Int?
        var connections = 0
    }

    /// How many connections have come so far.
    var connections: Int { state.withLock { $0.connections } }

    /// Nothing goes through before there is a target.
    init() throws {
        let gate = Gate()
        listener = try ServerBootstrap(group: group)
            .childChannelInitializer { channel in gate.open(channel) }
            .bind(host: "127.0.0.1", port: 0).wait()
        gate.proxy.withLock { $0 = self }
    }

    /// What the listener, which is made first, asks.
    private final class Gate: Sendable {
        let proxy = Mutex<CuttingProxy?>(nil)

        func open(_ channel: any Channel) -> EventLoopFuture<Void> {
            guard let proxy = proxy.withLock({ $0 }) else {
                return channel.close()
            }
            return proxy.open(channel)
        }
    }

    var address: PilotAddress {
        .tcp(host: "127.0.0.1", port: listener.localAddress?.port ?? 0)
    }

    /// Lets connections through, each up to so many bytes where that is said.
    func join(_ target: PilotAddress, budget: Int? = nil) {
        state.withLock { ($0.target, $0.budget) = (target, budget) }
    }

    /// Ends all connections, and refuses what comes.
    func cut() {
        let channels = state.withLock { state in
            state.target = nil
            defer { state.channels = [] }
            return state.channels
        }
        for channel in channels { channel.close(promise: nil) }
    }

    func close() {
        cut()
        try? listener.close().wait()
        try? group.syncShutdownGracefully()
    }

    private func open(_ channel: any Channel) -> EventLoopFuture<Void> {
        let (target, budget) = state.withLock { state in
            state.connections += 1
            return (state.target, state.budget)
        }
        guard case .tcp(let host, let port) = target else { return channel.close() }
        let left = BytesLeft(budget)
        return ClientBootstrap(group: channel.eventLoop)
            .channelOption(.autoRead, value: false)
            .channelInitializer { other in
                other.eventLoop.makeCompletedFuture {
                    try other.pipeline.syncOperations.addHandler(Passing(to: channel, left))
                }
            }
            .connect(host: host, port: port).flatMapThrowing { other in
                try channel.pipeline.syncOperations.addHandler(
                    Passing(to: other, left, isFirst: true))
                self.state.withLock { $0.channels += [channel, other] }
            }
    }
}

/// How many bytes a connection still lets through.
private final class BytesLeft: Sendable {
    private let count: Mutex<Int?>

    init(_ count: Int?) { self.count = Mutex(count) }

    /// How many of these may pass.
    func take(_ wanted: Int) -> Int {
        count.withLock { left in
            guard let some = left else { return wanted }
            left = max(0, some - wanted)
            return min(some, wanted)
        }
    }
}

/// Passes on what comes.
private final class Passing: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let left: BytesLeft
    /// Whether the other side waits for this one to be there.
    private let isFirst: Bool

    init(to other: any Channel, _ left: BytesLeft, isFirst: Bool = false) {
        self.other = other
        self.left = left
        self.isFirst = isFirst
    }

    func channelActive(context: ChannelHandlerContext) {
        if isFirst { other.setOption(.autoRead, value: true).whenFailure { _ in } }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        let count = bytes.readableBytes
        let passing = left.take(count)
        if let slice = bytes.readSlice(length: passing) {
            other.writeAndFlush(slice, promise: nil)
        }
        if passing < count { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
