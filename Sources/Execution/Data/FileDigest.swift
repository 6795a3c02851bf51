import Digests

/// The size and the SHA-256 of a file's bytes.
struct FileDigest: Codable, Hashable, Sendable {
    let bytes: Int
    /// Lower-case hexadecimal.
    let sha256: String

    init(bytes: Int, sha256: String) {
        self.bytes = bytes
        self.sha256 = sha256
    }

    /// Reads a file; `nil` where there is none.
    init?(ofFile path: String) throws {
        guard let bytes = StoredFiles.size(path) else { return nil }
        do {
            self.init(bytes: bytes, sha256: try SHA256Digest.hex(ofFile: path))
        } catch {
            throw ExecutionError(.storage, "\(error)")
        }
    }

    /// Throws where the file is not there or has other bytes.
    func verify(_ path: String) throws {
        guard let found = try FileDigest(ofFile: path) else {
            throw ExecutionError(.corrupted, "\(path) is missing")
        }
        if found.bytes != bytes {
            throw ExecutionError(
                .corrupted, "\(path): found \(found.bytes) bytes, expected \(bytes)")
        }
        if found.sha256 != sha256 {
            throw ExecutionError(
                .corrupted, "\(path): found SHA-256 \(found.sha256), expected \(sha256)")
        }
    }

    /// Whether the file is there with these bytes.
    func matches(_ path: String) -> Bool {
        StoredFiles.size(path) == bytes && (try? verify(path)) != nil
    }
}
