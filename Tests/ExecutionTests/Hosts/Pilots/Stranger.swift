import Glibc

@testable import Execution
@testable import Payloads

/// Someone who connects to a server of pilots and says what it likes.
final class Stranger {
    private let socket: Descriptor
    private var incoming = LineBuffer()

    /// - Parameter address: that of a socket in the file system.
    init(_ address: PilotAddress) throws {
        guard case .unix(let path) = address, let end = path.lastIndex(of: "/") else {
            throw ExecutionError(.host, "expected a socket in the file system")
        }
        let folder = try Descriptor(String(path[..<end]), O_RDONLY | O_DIRECTORY)
        socket = try UnixSocket.connect(String(path[end...].dropFirst()), in: folder)
    }

    func say(_ line: HandshakeLine) throws { try UnixSocket.send(line.encoded, to: socket) }

    func say(_ message: AgentMessage) throws { try UnixSocket.send(message.encoded(), to: socket) }

    func say(_ text: String) throws { try UnixSocket.send(Array(text.utf8), to: socket) }

    /// The next line; `nil` at the end of the connection.
    func line() throws -> [UInt8]? {
        try UnixSocket.line(from: socket, &incoming, most: 1 << 25)
    }

    func handshakeLine() throws -> HandshakeLine? {
        try line().map { line throws in try HandshakeLine(line: line) }
    }

    /// Whether the other side has ended the connection; what it says before that is read.
    func isEnded() -> Bool {
        while let line = try? line() { _ = line }
        return true
    }

    /// Goes through the handshake as a pilot does, up to the runner's hello.
    func introduce(_ name: String, token: [UInt8]) throws {
        var handshake = PilotHandshake(name: name, token: token)
        while let line = try line() {
            switch try handshake.hear(line) {
            case .say(let line): try say(line)
            case .welcomed:
                _ = try self.line()
                return
            }
        }
        throw ExecutionError(.host, "the connection has ended")
    }
}
