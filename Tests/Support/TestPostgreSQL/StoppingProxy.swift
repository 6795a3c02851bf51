import Foundation
import Synchronization

/// A TCP proxy on the loopback that passes everything on to a server's Unix socket until it is told
/// to stop: from then on it keeps its connections, and takes what is sent, and passes nothing on.
public final class StoppingProxy: Sendable {
    /// What it no longer does.
    public enum Stopped: Sendable {
        case nothing
        /// It passes nothing on for the connections that there are; new ones work.
        case connectionsSoFar
        case everything
    }

    private struct State {
        var accepted = 0
        var isOpen = true
        /// Connections up to this number are passed nothing on for.
        var deaf = 0
        var isDeaf = false
        var descriptors: [Int32] = []
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let server: String
    private let listening: Int32
    /// The port that it listens on.
    public let port: UInt16

    /// - Parameter url: a libpq URL that names the folder of the server's Unix socket.
    public init(before url: String) throws {
        let items = URLComponents(string: url)?.queryItems ?? []
        server = (items.first { $0.name == "host" }?.value ?? "") + "/.s.PGSQL.5432"
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isReady = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard descriptor >= 0, isReady else { throw POSIXError(.EADDRNOTAVAIL) }
        listening = descriptor
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { self.serve() }
    }

    /// The URL of a database behind the proxy.
    public func url(_ url: String) -> String {
        var components = URLComponents(string: url) ?? URLComponents()
        components.host = "127.0.0.1"
        components.port = Int(port)
        components.queryItems = components.queryItems?.filter { $0.name != "host" }
        return components.string ?? ""
    }

    /// Waits until this many connections have come, counted from the first.
    public func accepted(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.accepted < count else { return true }
                state.waiting.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    public func stop(_ what: Stopped) {
        state.withLock { state in
            state.isDeaf = what == .everything
            state.deaf = what == .nothing ? state.deaf : state.accepted
        }
    }

    /// Ends all connections.
    public func close() {
        let descriptors = state.withLock { state in
            state.isOpen = false
            return state.descriptors
        }
        for descriptor in descriptors + [listening] { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    private func serve() {
        while true {
            let client = accept(listening, nil, nil)
            guard client >= 0 else { return }
            let upstream = connectToServer()
            let number: Int? = state.withLock { state in
                guard state.isOpen, upstream >= 0 else { return nil }
                state.accepted += 1
                state.descriptors += [client, upstream]
                for waiting in state.waiting where waiting.count == state.accepted {
                    waiting.continuation.resume()
                }
                return state.accepted
            }
            guard let number else {
                _ = Glibc.close(client)
                continue
            }
            Thread.detachNewThread { self.pass(from: client, to: upstream, number) }
            Thread.detachNewThread { self.pass(from: upstream, to: client, number) }
        }
    }

    private func pass(from source: Int32, to target: Int32, _ number: Int) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(source, &bytes, bytes.count)
            let isDeaf = state.withLock { $0.isDeaf || number <= $0.deaf }
            if isDeaf, count > 0 { continue }
            if isDeaf { return }
            guard count > 0 else { break }
            var sent = 0
            while sent < count {
                let part = bytes[sent..<count].withUnsafeBytes {
                    send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard part > 0 else { return }
                sent += part
            }
        }
        shutdown(target, Int32(SHUT_RDWR))
    }

    private func connectToServer() -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: server.utf8) }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isConnected else {
            _ = Glibc.close(descriptor)
            return -1
        }
        return descriptor
    }
}
