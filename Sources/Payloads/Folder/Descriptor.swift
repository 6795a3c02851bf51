import Glibc

/// An open file descriptor, closed with this object.
package final class Descriptor: Sendable {
    package let number: Int32

    /// To read what may be no file, without waiting for it.
    static let reading = O_RDONLY | O_NONBLOCK

    package init(owning number: Int32) {
        self.number = number
    }

    /// Opens a file, which no started process inherits.
    ///
    /// - Throws: `PayloadError` of code `file` with the path and the system's word.
    package init(_ path: String, _ flags: Int32, mode: UInt32 = 0o644) throws(PayloadError) {
        number = open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw PayloadError(.file, "cannot open \(path)", errno: errno) }
    }

    deinit {
        close(number)
    }

    /// What the file holds from its present place on, at most `limit` bytes.
    func contents(limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let size = min(limit - bytes.count, bytes.isEmpty ? 4096 : 65536)
            let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                count = max(0, read(number, buffer.baseAddress, size))
            }
            if chunk.isEmpty { break }
            bytes.append(contentsOf: chunk)
        }
        return bytes
    }

    /// Writes all the bytes; the error's number where that fails.
    func write(_ bytes: [UInt8]) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            rest = rest.dropFirst(count)
        }
        return nil
    }
}

/// What a file holds, at most `limit` bytes; `nil` where it cannot be opened.
func contents(of path: String, limit: Int = 1 << 20) -> [UInt8]? {
    guard let file = try? Descriptor(path, O_RDONLY | O_NONBLOCK) else { return nil }
    return file.contents(limit: limit)
}
