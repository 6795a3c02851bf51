import CZlib

/// Bytes made smaller by DEFLATE (RFC 1951), in zlib's wrapping (RFC 1950), which browsers read as
/// `DecompressionStream('deflate')`.
public enum Deflation {
    /// `bytes` in as few as zlib can make of them.
    public static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(length))
        let status = compress2(
            &result, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
        precondition(status == Z_OK, "zlib refuses room of its own asking: \(status)")
        return Array(result.prefix(Int(length)))
    }
}
