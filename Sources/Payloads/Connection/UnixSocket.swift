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
    package static func connect(_ name: String, in folder: Descriptor) throws(PayloadError)
        -> Descriptor
    {
        let socket = try make(nonBlocking: false)
        while withAddress(name, in: folder, { Glibc.connect(socket.number, $0, $1) }) != 0 {
            guard errno == EINTR else {
                throw PayloadError(.connection, "cannot connect to \(name)", errno: errno)
            }
        }
        return socket
    }

    /// The next connection, without waiting.
    package static func accept(_ listener: Descriptor) -> Descriptor? {
        let number = Glibc.accept(listener.number, nil, nil)
        guard number >= 0 else { return nil }
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        _ = fcntl(number, F_SETFL, O_NONBLOCK)
        return Descriptor(owning: number)
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
