import Glibc
import Synchronization

/// The runner's side of a connection to an agent.
///
/// `nextMessage` blocks and is for a thread of its own; `send` and `close` may be called from any.
public final class AgentConnection: Sendable {
    private let socket: Descriptor
    /// What the agent said of itself when the connection was made.
    public let hello: AgentHello
    private let incoming: Mutex<LineBuffer>
    private let outgoing = Mutex<Void>(())

    private static let mostBytes = 2 * mostBytesOfMessage

    /// Connects to the agent of a folder; both sides say their version.
    ///
    /// - Throws: `PayloadError` of code `connection` where there is no agent, of code `version`
    ///   where it speaks another version, of code `message` where it does not speak the protocol.
    public init(home: String) throws(PayloadError) {
        do throws(PayloadError) {
            let folder = try Descriptor(home, O_RDONLY | O_DIRECTORY)
            socket = try UnixSocket.connect(AgentHome.runnerSocket, in: folder)
        } catch {
            throw PayloadError(.connection, "no agent in \(home): \(error.description)")
        }
        var buffer = LineBuffer()
        try UnixSocket.send(RunnerMessage.hello(version: payloadProtocol).encoded(), to: socket)
        guard let line = try UnixSocket.line(from: socket, &buffer, most: Self.mostBytes) else {
            throw PayloadError(.connection, "the agent in \(home) has ended the connection")
        }
        switch try AgentMessage(line: line) {
        case .hello(let hello): self.hello = hello
        case .refused(_, let reason): throw PayloadError(.version, reason)
        default: throw PayloadError(.message, "expected the agent's hello")
        }
        incoming = Mutex(buffer)
    }

    /// Sends a message; waits while the agent does not take it.
    ///
    /// - Throws: `PayloadError` of code `connection` where the agent is gone.
    public func send(_ message: RunnerMessage) throws(PayloadError) {
        try send([message])
    }

    /// Sends messages in one piece.
    ///
    /// - Throws: `PayloadError` of code `connection` where the agent is gone.
    public func send(_ messages: [RunnerMessage]) throws(PayloadError) {
        let bytes = messages.flatMap { $0.encoded() }
        try outgoing.withLock { _ throws(PayloadError) in try UnixSocket.send(bytes, to: socket) }
    }

    /// Waits for the agent's next message; `nil` when the connection has ended.
    ///
    /// - Throws: `PayloadError` of code `message` for a line that is none; the next one may be.
    public func nextMessage() throws(PayloadError) -> AgentMessage? {
        try incoming.withLock { buffer throws(PayloadError) in
            guard let line = try UnixSocket.line(from: socket, &buffer, most: Self.mostBytes) else {
                return nil
            }
            return try AgentMessage(line: line)
        }
    }

    /// Ends the connection: a waiting `nextMessage` returns `nil`.
    public func close() {
        shutdown(socket.number, Int32(SHUT_RDWR))
    }
}
