import Glibc

/// Stream sockets in the file system (unix(7)).
package enum UnixSocket {
    /// Listens in a folder, in place of whatever socket had the name.
    ///
    /// - Throws: `PayloadError` of code `connection`.
    package static func listen(_ name: String, in folder: Descriptor) throws(PayloadError)
        -> Descriptor
    {
        unlinkat(folder.number, name, 0)
        let listener = try make(nonBlocking: true)
        let failed = withAddress(name, in: folder) { bind(listener.number, $0, $1) } != 0
        guard !failed, Glibc.listen(listener.number, 64) == 0 else {
            throw PayloadError(.connection, "cannot listen on \(name)", errno: errno)
        }
        return listener
    }

    /// Connects to a socket in a folder.
    ///
    /// - Throws: `PayloadError` of code `connection`.
    package static func connect(
        _ name: String, in folder: Descriptor, nonBlocking: Bool = false
    ) throws(PayloadError) -> Descriptor {
        let socket = try make(nonBlocking: nonBlocking)
        while withAddress(name, in: folder, { Glibc.connect(socket.number, $0, $1) }) != 0 {
            guard errno == EINTR else {
                throw PayloadError(.connection, "cannot connect to \(name)", errno: errno)
            }
        }
        return socket
    }

    /// Connects to the socket of a path, without waiting.
    ///
    /// - Throws: `PayloadError` of code `connection`.
    package static func dial(_ path: String) throws(PayloadError) -> Descriptor {
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
        do throws(PayloadError) {
            let folder = try Descriptor(String(path[...end]), O_RDONLY | O_DIRECTORY)
            return try connect(String(path[end...].dropFirst()), in: folder, nonBlocking: true)
        } catch {
            throw PayloadError(.connection, "cannot connect to \(path): \(error.description)")
        }
    }

    /// The next connection, without waiting.
    package static func accept(_ listener: Descriptor) -> Descriptor? {
        let number = Glibc.accept(listener.number, nil, nil)
        guard number >= 0 else { return nil }
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        _ = fcntl(number, F_SETFL, O_NONBLOCK)
        return Descriptor(owning: number)
    }

    /// Sends all bytes; waits while the other side does not take them.
    ///
    /// - Throws: `PayloadError` of code `connection` where the other side is gone.
    package static func send(_ bytes: [UInt8], to socket: Descriptor) throws(PayloadError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw PayloadError(.connection, "the other side is gone", errno: errno)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Waits for the next line, which is given without its end; `nil` where the connection has
    /// ended.
    ///
    /// - Parameters:
    ///   - buffer: holds what has come behind the line.
    ///   - most: bytes of a line.
    /// - Throws: `PayloadError` of code `message` where a line is longer.
    package static func line(
        from socket: Descriptor, _ buffer: inout LineBuffer, most: Int
    ) throws(PayloadError) -> [UInt8]? {
        while true {
            if let line = buffer.next() { return line }
            guard buffer.count <= most else {
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

    private static func make(nonBlocking: Bool) throws(PayloadError) -> Descriptor {
        let kind =
            SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue
            | (nonBlocking ? SOCK_NONBLOCK.rawValue : 0)
        let number = socket(AF_UNIX, Int32(kind), 0)
        guard number >= 0 else {
            throw PayloadError(.connection, "cannot make a socket", errno: errno)
        }
        return Descriptor(owning: number)
    }

    /// The address by way of the folder's descriptor: it has a place for 107 bytes only, and the
    /// folder's path may be longer.
    private static func withAddress(
        _ name: String, in folder: Descriptor,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array("/proc/self/fd/\(folder.number)/\(name)".utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.prefix(107)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
