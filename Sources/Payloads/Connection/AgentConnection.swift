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
        try Self.send(RunnerMessage.hello(version: payloadProtocol).encoded(), to: socket)
        guard let line = try Self.line(from: socket, &buffer) else {
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
        try outgoing.withLock { _ throws(PayloadError) in try Self.send(bytes, to: socket) }
    }

    /// Waits for the agent's next message; `nil` when the connection has ended.
    ///
    /// - Throws: `PayloadError` of code `message` for a line that is none; the next one may be.
    public func nextMessage() throws(PayloadError) -> AgentMessage? {
        try incoming.withLock { buffer throws(PayloadError) in
            guard let line = try Self.line(from: socket, &buffer) else { return nil }
            return try AgentMessage(line: line)
        }
    }

    /// Ends the connection: a waiting `nextMessage` returns `nil`.
    public func close() {
        shutdown(socket.number, Int32(SHUT_RDWR))
    }

    private static func send(_ bytes: [UInt8], to socket: Descriptor) throws(PayloadError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw PayloadError(.connection, "the agent is gone", errno: errno)
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func line(
        from socket: Descriptor, _ buffer: inout LineBuffer
    ) throws(PayloadError) -> [UInt8]? {
        while true {
            if let line = buffer.next() { return line }
            guard buffer.count <= 2 * mostBytesOfMessage else {
                throw PayloadError(.message, "a line without an end")
            }
            let size = 1 << 16
            let chunk = [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
                var got = 0
                repeat {
                    got = recv(socket.number, bytes.baseAddress, size, 0)
                } while got < 0 && errno == EINTR
                count = max(0, got)
            }
            if chunk.isEmpty { return nil }
            buffer.append(chunk)
        }
    }
}
