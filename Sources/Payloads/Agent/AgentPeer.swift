import Glibc

/// A connection that the agent has accepted; nothing here waits.
final class AgentPeer {
    let descriptor: Descriptor
    /// Whether it came to the socket for payloads.
    let isPayload: Bool
    /// Whether it has said hello as a runner.
    var isRunner = false
    /// Whether it is to be ended when all has been said.
    var isEnding = false
    /// What has to be said before all else, where the agent has dialed.
    var handshake: PilotHandshake?
    private(set) var isGone = false
    private var incoming = LineBuffer()
    private var outgoing: [UInt8] = []
    private var sent = 0

    /// The most bytes that wait for a peer which does not read; beyond, it is taken for gone.
    private static let mostWaiting = 64 << 20

    init(_ descriptor: Descriptor, isPayload: Bool) {
        self.descriptor = descriptor
        self.isPayload = isPayload
    }

    /// The most bytes of a line: nobody who is not known yet, and no payload, has much to say.
    private var mostBytes: Int { isPayload ? 1 << 16 : mostBytesOfMessage }

    /// Bytes that have not been taken yet.
    var waiting: Int { outgoing.count - sent }

    /// What to wait for (poll(2)).
    var interest: Int16 {
        Int16((isEnding ? 0 : POLLIN) | (waiting > 0 ? POLLOUT : 0))
    }

    func say(_ bytes: [UInt8]) {
        guard !isGone else { return }
        outgoing.append(contentsOf: bytes)
        if waiting > Self.mostWaiting { isGone = true }
    }

    /// Writes as much as the other side takes.
    func flush() {
        while waiting > 0, !isGone {
            let count = outgoing[sent...].withUnsafeBytes {
                send(
                    descriptor.number, $0.baseAddress, $0.count,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count < 0 {
                if errno == EINTR { continue }
                if errno != EAGAIN { isGone = true }
                return
            }
            sent += count
        }
        outgoing.removeAll(keepingCapacity: outgoing.count < 1 << 20)
        sent = 0
        if isEnding { isGone = true }
    }

    /// The whole lines that have come; `nil` in place of one that is too long.
    func lines() -> [[UInt8]?] {
        var lines: [[UInt8]?] = []
        let size = 1 << 16
        while !isGone {
            let chunk = [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
                let got = recv(descriptor.number, bytes.baseAddress, size, Int32(MSG_DONTWAIT))
                if got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR) { isGone = true }
                count = max(0, got)
            }
            incoming.append(chunk)
            while let line = incoming.next() { lines.append(line) }
            if incoming.count > mostBytes {
                lines.append(nil)
                return lines
            }
            if chunk.count < size { break }
        }
        return lines
    }
}
