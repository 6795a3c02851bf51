import Digests
import Files
import Foundation
import Glibc
import Payloads

/// An address that is told of notices, and the key by which it knows who tells.
public struct Hook: Sendable {
    public let url: String
    private let key: [UInt8]

    /// Bytes that a key has at least and at most.
    public static let keyBytes = 16...4096

    /// - Parameters:
    ///   - url: `https://HOST/...` or, with `isPlain` or on this machine, `http://HOST/...`.
    ///   - keyFile: path of a file with the key, which only its owner may read; a line's end after
    ///     it is none of it.
    ///   - isPlain: whether other machines may be told without TLS.
    /// - Throws: `ExecutionError` of code `badCommand` with what is wrong.
    public init(url: String, keyFile: String, isPlain: Bool = false) throws {
        if let fault = Self.fault(ofURL: url, isPlain: isPlain) {
            throw ExecutionError(.badCommand, fault)
        }
        self.url = url
        key = try Self.key(keyFile)
    }

    /// What is wrong with an address; `nil` where nothing is.
    public static func fault(ofURL url: String, isPlain: Bool) -> String? {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(parts.scheme),
            url.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0 != "\"" })
        else { return "\(printable(url.utf8)): expected https://HOST/PATH" }
        let isLocal =
            ["localhost", "[::1]", "::1"].contains(host) || host.hasPrefix("127.")
        guard parts.scheme == "https" || isLocal || isPlain else {
            return "\(url): found http to another machine, expected https; "
                + "--hook-plain where it is meant"
        }
        return nil
    }

    private static func key(_ path: String) throws -> [UInt8] {
        let bytes: [UInt8]
        do {
            var facts = stat()
            guard stat(path, &facts) == 0 || errno == ENOENT, facts.st_mode & 0o077 == 0 else {
                throw ExecutionError(
                    .badCommand,
                    "\(path): found a key that others may read, expected mode 0600")
            }
            let file = try RegularFile(path, limit: keyBytes.upperBound + 2)
            bytes = Array(try file.contents())
        } catch let error as FileError {
            throw ExecutionError(.badCommand, "\(error)")
        }
        let end = bytes.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
        guard keyBytes.contains(end) else {
            throw ExecutionError(
                .badCommand,
                "\(path): found a key of \(end) bytes, expected \(keyBytes.lowerBound) to "
                    + "\(keyBytes.upperBound)")
        }
        return Array(bytes[..<end])
    }

    /// What a body is signed with: HMAC (RFC 2104) with SHA-256, in lower-case hexadecimal.
    public func signature(of body: [UInt8]) -> String {
        "sha256="
            + HMACSHA256.code(of: body, key: key).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
    }
}
