/// SHA-1 digests of files, as lower-case hexadecimal text: names of contents in formats that ask
/// for them, no protection.
public enum SHA1Digest {
    /// The digest of a file's bytes, read in chunks, so that its size does not matter.
    ///
    /// - Throws: `DigestError` where the file cannot be opened or read.
    public static func hex(ofFile path: String) throws(DigestError) -> String {
        try MessageHasher.hex(ofFile: path, .sha1)
    }
}
