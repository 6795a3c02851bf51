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
        try MessageHasher.hex(ofFile: path, .sha256)
    }
}
