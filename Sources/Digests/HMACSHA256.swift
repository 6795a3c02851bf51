import CCrypto

/// Codes by which one who knows a key proves it without saying it: HMAC (RFC 2104) with SHA-256.
public enum HMACSHA256 {
    /// The 32 bytes of the code of a message.
    public static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        // A null pointer in place of a key of no bytes would mean an earlier key.
        let made = (key + [0]).withUnsafeBytes { bytes in
            HMAC(
                EVP_sha256(), bytes.baseAddress, Int32(clamping: key.count), message,
                message.count, &code, &count)
        }
        precondition(made != nil, "libcrypto offers no HMAC")
        return Array(code.prefix(Int(count)))
    }

    /// Whether two codes are equal, found in a time that does not tell where they differ.
    public static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }
}
