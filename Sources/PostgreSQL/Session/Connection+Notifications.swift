import CPQ
@preconcurrency import Dispatch
import Glibc

/// A message that another session sent with NOTIFY.
public struct Notification: Hashable, Sendable {
    public let channel: String
    /// What the sender added; may be empty.
    public let payload: String
}

/// Who waits for the notifications of a channel.
struct Listener {
    let source: any DispatchSourceRead
    let continuation: AsyncThrowingStream<Notification, any Error>.Continuation
}

extension Connection {
    /// Listens on a channel: what is sent from now on arrives in the sequence, also while the
    /// connection is used for other statements.
    ///
    /// The sequence ends when the connection is closed and throws when it is lost; ending the
    /// iteration stops listening.  A second call for the same channel takes over from the first.
    ///
    /// - Throws: `PostgreSQLError`.
    public func listen(on channel: String) throws -> AsyncThrowingStream<Notification, any Error> {
        let connection = try handle.open()
        listeners.removeValue(forKey: channel)?.continuation.finish()
        try run(script: "LISTEN \(Self.quoted(channel))")
        // The source watches a duplicate, so the connection may close its own socket first.
        let socket = dup(PQsocket(connection))
        let source = DispatchSource.makeReadSource(fileDescriptor: socket, queue: queue.queue)
        let (stream, continuation) = AsyncThrowingStream<Notification, any Error>.makeStream()
        source.setEventHandler { [weak self] in
            self?.assumeIsolated { $0.readNotifications() }
        }
        source.setCancelHandler { Glibc.close(socket) }
        continuation.onTermination = { _ in source.cancel() }
        listeners[channel] = Listener(source: source, continuation: continuation)
        source.activate()
        beginPulse()
        return stream
    }

    /// Reads until nothing is left, because libdispatch tells of a hang-up together with the last
    /// data, and only once.
    private func readNotifications() {
        guard let connection = handle.pointer else { return }
        var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        repeat {
            guard PQconsumeInput(connection) == 1 else {
                finishListeners(
                    throwing: PostgreSQLError(
                        code: .connectionLost, message: "the server closed the connection"))
                return
            }
        } while poll(&socket, 1, 0) > 0
        deliverNotifications()
    }

    /// Hands the notifications that have arrived to those who wait for them.
    func deliverNotifications() {
        while let pointer = PQnotifies(handle.pointer) {
            let channel = String(cString: pointer.pointee.relname)
            let payload = String(cString: pointer.pointee.extra)
            PQfreemem(pointer)
            listeners[channel]?.continuation.yield(Notification(channel: channel, payload: payload))
        }
    }

    func finishListeners(throwing error: PostgreSQLError?) {
        for listener in listeners.values { listener.continuation.finish(throwing: error) }
        listeners = [:]
        endPulse()
    }

    private static func quoted(_ name: String) -> String {
        "\""
            + name.split(separator: "\"", omittingEmptySubsequences: false).joined(
                separator: "\"\"")
            + "\""
    }
}
