import NIOCore
import Payloads

/// One connection of a pilot, from the first byte on: the handshake, its hello, then messages.
final class PilotConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let channel: any Channel
    private let pilots: ConnectedPilots
    private var stage = Stage.unadmitted
    private var incoming = LineBuffer()
    private var deadline: Scheduled<Void>?
    /// Bytes that the pilot has not taken.
    private var waiting = 0
    private var reason = "the pilot has ended the connection"

    private enum Stage {
        case unadmitted
        case handshake(RunnerHandshake)
        /// Its hello is awaited.
        case known(String)
        case connected(String)
        case over
    }

    /// The most bytes of a message, and the most that wait for a pilot which does not read.
    private static let (mostBytes, mostWaiting) = (32 << 20, 64 << 20)

    init(_ channel: any Channel, _ pilots: ConnectedPilots) {
        self.channel = channel
        self.pilots = pilots
    }

    func channelActive(context: ChannelHandlerContext) {
        guard pilots.admitStranger() else {
            stage = .over
            context.close(promise: nil)
            pilots.refuse(nil, "too many connections that have not said who they are")
            return
        }
        let handshake = RunnerHandshake()
        stage = .handshake(handshake)
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: pilots.limits.handshake) {
            self.expire()
        }
        say(handshake.challenge.encoded, context)
    }

    /// It has taken too long to say who it is.
    private func expire() {
        switch stage {
        case .handshake, .known:
            refuse(nil, "no handshake within \(pilots.limits.handshake.nanoseconds / 1_000_000) ms")
            channel.close(promise: nil)
        default: break
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        incoming.append(unwrapInboundIn(data).readableBytesView)
        while let line = incoming.next() {
            hear(line, context)
            if case .over = stage { return }
        }
        guard incoming.count > most else { return }
        reason = "a line without an end"
        refuse(nil, reason)
        context.close(promise: nil)
    }

    /// The most bytes of a line now.
    private var most: Int {
        if case .handshake = stage { HandshakeLine.mostBytes } else { Self.mostBytes }
    }

    private func hear(_ line: [UInt8], _ context: ChannelHandlerContext) {
        switch stage {
        case .handshake(let handshake):
            judge(handshake.outcome(of: line, token: pilots.token), context)
        case .known(let name):
            guard case .hello(let hello)? = try? AgentMessage(line: line) else {
                refuse(name, "expected its hello, found \(printable(line, limit: 60))")
                context.close(promise: nil)
                return
            }
            leaveStrangers()
            stage = .connected(name)
            pilots.connect(name, channel, hello)
        case .connected(let name):
            do throws(PayloadError) {
                pilots.hear(try AgentMessage(line: line), of: name, by: channel)
            } catch {
                pilots.logger.error(
                    "a pilot said what is no message",
                    metadata: ["pilot": "\(name)", "cause": "\(error)"])
            }
        case .unadmitted, .over: break
        }
    }

    private func judge(_ outcome: RunnerHandshake.Outcome, _ context: ChannelHandlerContext) {
        switch outcome {
        case .welcomed(let name, let line):
            stage = .known(name)
            say(line.encoded + RunnerMessage.hello(version: payloadProtocol).encoded(), context)
        case .refused(let name, let line, let reason):
            say(line.encoded, context)
            refuse(name, reason)
            context.close(promise: nil)
        }
    }

    private func refuse(_ name: String?, _ reason: String) {
        switch stage {
        case .handshake, .known:
            leaveStrangers()
            stage = .over
            pilots.refuse(name, reason)
        default: break
        }
    }

    private func leaveStrangers() {
        deadline?.cancel()
        deadline = nil
        pilots.releaseStranger()
    }

    private func say(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        write(context: context, data: wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        context.flush()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let count = unwrapOutboundIn(data).readableBytes
        waiting += count
        guard waiting <= Self.mostWaiting else {
            reason = "the pilot does not read"
            context.close(promise: nil)
            return
        }
        context.write(data).assumeIsolated().whenComplete { _ in
            self.waiting -= count
        }
        promise?.succeed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        reason = "\(error)"
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        switch stage {
        case .handshake, .known: refuse(nil, "gone before it has said who it is")
        case .connected(let name): pilots.disconnect(name, channel, printable(reason.utf8))
        case .unadmitted, .over: break
        }
        stage = .over
    }
}
