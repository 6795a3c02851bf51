/// Computes a SHA-256 digest (FIPS 180-4) from bytes as they come.
///
/// ```swift
/// var hasher = SHA256Hasher()
/// hasher.update(chunk)
/// let digest = hasher.finish()
/// ```
public struct SHA256Hasher: ~Copyable {
    private var hasher = MessageHasher(.sha256)

    /// A hasher that has seen no bytes.
    public init() {}

    /// Adds `bytes` to what is digested.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) { hasher.update(bytes) }

    /// Adds `bytes` to what is digested.
    public mutating func update(_ bytes: some Collection<UInt8>) { hasher.update(bytes) }

    /// The digest of all bytes so far, in lower-case hexadecimal.
    public consuming func finish() -> String { hasher.finish() }
}
