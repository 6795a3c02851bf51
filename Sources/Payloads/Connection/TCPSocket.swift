import Glibc

/// Stream sockets of the network (tcp(7)).
enum TCPSocket {
    /// Begins to connect; whether that succeeds is known when something can be read.
    ///
    /// Only the look-up of a name waits.
    ///
    /// - Parameter turn: which of the host's addresses is taken, round and round.
    /// - Throws: `PayloadError` of code `connection`.
    static func dial(host: String, port: Int, turn: Int) throws(PayloadError) -> Descriptor {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV | AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0, let list else {
            throw PayloadError(
                .connection, "cannot find \(host): \(String(cString: gai_strerror(status)))")
        }
        defer { freeaddrinfo(list) }
        var addresses: [UnsafeMutablePointer<addrinfo>] = []
        var next: UnsafeMutablePointer<addrinfo>? = list
        while let address = next {
            addresses.append(address)
            next = address.pointee.ai_next
        }
        let address = addresses[max(0, turn) % addresses.count].pointee
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let number = socket(address.ai_family, Int32(kind), 0)
        guard number >= 0 else {
            throw PayloadError(.connection, "cannot make a socket", errno: errno)
        }
        let socket = Descriptor(owning: number)
        keepAlive(socket)
        if connect(number, address.ai_addr, address.ai_addrlen) != 0, errno != EINPROGRESS {
            throw PayloadError(.connection, "cannot connect to \(host):\(port)", errno: errno)
        }
        return socket
    }

    /// Has the system find out within a minute or two that the other side is gone without a word,
    /// and send what is short at once.
    private static func keepAlive(_ socket: Descriptor) {
        set(socket, SOL_SOCKET, SO_KEEPALIVE, 1)
        set(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(socket, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 30)
        set(socket, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 10)
        set(socket, Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
        // Milliseconds that sent bytes may stay without an answer.
        set(socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 60_000)
    }

    private static func set(_ socket: Descriptor, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(socket.number, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
