import Glibc

/// SHA-256 digests of data and files, as lower-case hexadecimal text.
public enum SHA256Digest {
    /// The digest of `bytes`.
    public static func hex(of bytes: some Collection<UInt8>) -> String {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.finish()
    }

    /// The digest of a file's bytes, read in chunks, so that its size does not matter.
    ///
    /// - Throws: `DigestError` where the file cannot be opened or read.
    public static func hex(ofFile path: String) throws(DigestError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DigestError(.cannotOpen, path: path, errno: errno) }
        defer { close(descriptor) }
        var hasher = SHA256Hasher()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw DigestError(.cannotRead, path: path, errno: errno) }
            guard count > 0 else { return hasher.finish() }
            buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}
