import CCrypto
import Glibc

/// Computes a digest (FIPS 180-4) from bytes as they come.
struct MessageHasher: ~Copyable {
    enum Algorithm {
        case sha1
        case sha256
    }

    /// OpenSSL's EVP_DigestInit(3) context, freed with this value.
    private let context: OpaquePointer

    /// A hasher that has seen no bytes.
    init(_ algorithm: Algorithm) {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        self.context = context
        let started = EVP_DigestInit_ex(
            context, algorithm == .sha1 ? EVP_sha1() : EVP_sha256(), nil)
        precondition(started == 1, "libcrypto offers no such digest")
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Adds `bytes` to what is digested.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let updated = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(updated == 1, "libcrypto refused bytes to digest")
    }

    /// Adds `bytes` to what is digested.
    mutating func update(_ bytes: some Collection<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable {
            update(UnsafeRawBufferPointer($0))
        }
        if done == nil { Array(bytes).withUnsafeBytes { update($0) } }
    }

    /// The digest of all bytes so far, in lower-case hexadecimal.
    consuming func finish() -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let finished = EVP_DigestFinal_ex(context, &digest, &count)
        precondition(finished == 1, "libcrypto refused to finish a digest")
        return hexadecimal(digest.prefix(Int(count)))
    }

    /// The digest of a file's bytes, read in chunks.
    static func hex(ofFile path: String, _ algorithm: Algorithm) throws(DigestError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DigestError(.cannotOpen, path: path, errno: errno) }
        defer { close(descriptor) }
        var hasher = MessageHasher(algorithm)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw DigestError(.cannotRead, path: path, errno: errno) }
            guard count > 0 else { return hasher.finish() }
            buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    private func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
