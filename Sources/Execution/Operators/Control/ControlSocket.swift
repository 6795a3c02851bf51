import Foundation
import Glibc
import Payloads
import Synchronization

/// The socket through which operators speak with a runner: lines of JSON, one answer for each,
/// for its owner only.
final class ControlSocket: Sendable {
    typealias Handler =
        @Sendable (ControlRequest, @escaping @Sendable (ControlAnswer) -> Void) -> Void

    static let name = "runner.sock"
    /// Operators at the same time; who comes while so many are there is sent away.
    private static let mostPeers = 64
    /// Bytes of a request.
    private static let mostBytes = 32 << 20
    /// Seconds of silence after which a connection is ended.
    private static let patience = 60
    /// Seconds in which an answer that is under way when it closes has to be sent.
    private static let mostToClose = 5

    private let folder: Descriptor
    private let listener: Descriptor
    private let handler: Handler
    private let peers = Mutex<[Int32: Descriptor]>([:])
    private let isClosed = Mutex(false)
    private let conversations = DispatchGroup()

    /// - Parameter home: the runner's own folder.
    /// - Throws: `ExecutionError` of code `storage`.
    init(home: String, handler: @escaping Handler) throws {
        self.handler = handler
        do {
            folder = try Descriptor(home, O_RDONLY | O_DIRECTORY)
            listener = try UnixSocket.listen(Self.name, in: folder)
        } catch {
            throw ExecutionError(.storage, "\(home): \(error.description)")
        }
        chmod("\(home)/\(Self.name)", 0o600)
    }

    /// Answers requests on threads of its own until it is closed.
    func open(onFailure: @escaping @Sendable (String) -> Void) {
        Thread { [self] in
            while !isClosed.withLock({ $0 }) {
                var entry = pollfd(fd: listener.number, events: Int16(POLLIN), revents: 0)
                guard poll(&entry, 1, -1) >= 0 || errno == EINTR else {
                    return onFailure(String(cString: strerror(errno)))
                }
                if let peer = UnixSocket.accept(listener) {
                    welcome(peer)
                } else if errno == EMFILE || errno == ENFILE {
                    usleep(100_000)
                }
            }
        }.start()
    }

    /// Ends all connections, each after the answer that is being sent, so that it is sent also
    /// where the process ends next.
    func close() {
        isClosed.withLock { $0 = true }
        unlinkat(folder.number, Self.name, 0)
        shutdown(listener.number, Int32(SHUT_RDWR))
        for peer in peers.withLock({ $0.values.map { $0 } }) {
            shutdown(peer.number, Int32(SHUT_RD))
        }
        _ = conversations.wait(timeout: .now() + .seconds(Self.mostToClose))
    }

    private func welcome(_ peer: Descriptor) {
        var isFull = false
        peers.withLock { peers in
            isFull = peers.count >= Self.mostPeers
            if !isFull { peers[peer.number] = peer }
        }
        guard !isFull else { return }
        if isClosed.withLock({ $0 }) { shutdown(peer.number, Int32(SHUT_RD)) }
        _ = fcntl(peer.number, F_SETFL, 0)
        var time = timeval(tv_sec: Self.patience, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(
                peer.number, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        conversations.enter()
        Thread { [self] in
            converse(peer)
            _ = peers.withLock { $0.removeValue(forKey: peer.number) }
            conversations.leave()
        }.start()
    }

    private func converse(_ peer: Descriptor) {
        var buffer = LineBuffer()
        while let line = try? UnixSocket.line(from: peer, &buffer, most: Self.mostBytes) {
            let answer: ControlAnswer
            do {
                let request: ControlRequest = try Document.value(Data(line), "request")
                answer = wait(for: request)
            } catch {
                answer = ControlAnswer(
                    id: 0, answer: CommandAnswer(.badInput, "the request cannot be read"))
            }
            guard let data = try? Document.data(answer),
                (try? UnixSocket.send(Array(data) + [0x0A], to: peer)) != nil
            else { return }
        }
    }

    private func wait(for request: ControlRequest) -> ControlAnswer {
        let done = DispatchSemaphore(value: 0)
        let answer = Mutex<ControlAnswer?>(nil)
        handler(request) { given in
            answer.withLock { $0 = given }
            done.signal()
        }
        while done.wait(timeout: .now() + 1) == .timedOut {
            if isClosed.withLock({ $0 }) { break }
        }
        let busy = CommandAnswer(.busy, "the runner is ending; the command is kept")
        return answer.withLock { $0 } ?? ControlAnswer(id: request.id, answer: busy)
    }
}
