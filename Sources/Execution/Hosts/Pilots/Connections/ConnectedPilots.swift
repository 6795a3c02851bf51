import Logging
import NIOCore
import Payloads
import Synchronization

/// The connections that a server of pilots has.
final class ConnectedPilots: Sendable {
    let limits: PilotServer.Limits
    let token: @Sendable (_ pilot: String) -> [UInt8]?
    let logger: Logger
    private let post: @Sendable (PilotNotice) -> Void
    private let state = Mutex(State())

    private struct State {
        /// The connection that counts, by pilot.
        var channels: [String: any Channel] = [:]
        var strangers = 0
        var isClosed = false
    }

    init(
        limits: PilotServer.Limits, token: @escaping @Sendable (_ pilot: String) -> [UInt8]?,
        logger: Logger, post: @escaping @Sendable (PilotNotice) -> Void
    ) {
        self.limits = limits
        self.token = token
        self.logger = logger
        self.post = post
    }

    /// Whether one more connection of nobody known may be.
    func admitStranger() -> Bool {
        state.withLock { state in
            guard !state.isClosed, state.strangers < limits.strangers else { return false }
            state.strangers += 1
            return true
        }
    }

    /// A connection is none of nobody known any more.
    func releaseStranger() {
        state.withLock { $0.strangers -= 1 }
    }

    /// A pilot has said hello: its connection takes the place of an earlier one.
    func connect(_ pilot: String, _ channel: any Channel, _ hello: AgentHello) {
        let earlier = state.withLock { $0.channels.updateValue(channel, forKey: pilot) }
        if let earlier {
            logger.warning("a pilot has connected twice", metadata: ["pilot": "\(pilot)"])
            earlier.close(promise: nil)
        }
        tell(.connected(pilot: pilot, hello))
    }

    /// Passes a pilot's message on, where it comes by the connection that counts.
    func hear(_ message: AgentMessage, of pilot: String, by channel: any Channel) {
        if isCurrent(channel, of: pilot) { tell(.message(pilot: pilot, message)) }
    }

    func disconnect(_ pilot: String, _ channel: any Channel, _ reason: String) {
        let isCurrent = state.withLock { state in
            guard state.channels[pilot].map({ $0 === channel }) == true else { return false }
            state.channels[pilot] = nil
            return true
        }
        if isCurrent { tell(.disconnected(pilot: pilot, reason)) }
    }

    func refuse(_ pilot: String?, _ reason: String) {
        tell(.refused(pilot: pilot, reason))
    }

    private func tell(_ notice: PilotNotice) {
        if !state.withLock({ $0.isClosed }) { post(notice) }
    }

    private func isCurrent(_ channel: any Channel, of pilot: String) -> Bool {
        state.withLock { $0.channels[pilot].map { $0 === channel } == true }
    }

    func send(_ messages: [RunnerMessage], to pilot: String) {
        guard !messages.isEmpty, let channel = state.withLock({ $0.channels[pilot] }) else {
            return
        }
        // The connection itself counts what waits, and ends where a pilot does not read.
        channel.writeAndFlush(ByteBuffer(bytes: messages.flatMap { $0.encoded() }), promise: nil)
    }

    func drop(_ pilot: String) {
        state.withLock { $0.channels[pilot] }?.close(promise: nil)
    }

    /// Ends all, and tells nothing any more.
    ///
    /// - Returns: whether it was not closed yet.
    func close() -> Bool {
        let channels = state.withLock { state -> [any Channel]? in
            guard !state.isClosed else { return nil }
            state.isClosed = true
            defer { state.channels = [:] }
            return Array(state.channels.values)
        }
        guard let channels else { return false }
        for channel in channels { channel.close(promise: nil) }
        return true
    }
}
