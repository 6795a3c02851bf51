import Digests
import Glibc
import Synchronization

/// The digests of files as they were last read, so that a product is read again only if its
/// inode, its size or one of its times is another one.
final class KnownFiles: Sendable {
    /// What stat(2) says of a file that is still the same.
    struct Mark: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
        let bytes: Int
        /// Nanoseconds since 1970.
        let modified: Int64
        let changed: Int64

        /// The mark of a regular file, not followed through a link; `nil` where there is none.
        init?(_ path: String) {
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            bytes = Int(status.st_size)
            modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
            changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
        }

        init(device: UInt64, inode: UInt64, bytes: Int, modified: Int64, changed: Int64) {
            self.device = device
            self.inode = inode
            self.bytes = bytes
            self.modified = modified
            self.changed = changed
        }
    }

    struct Entry: Hashable, Sendable {
        let mark: Mark
        let sha256: String
    }

    private struct State {
        private(set) var entries: [String: Entry]
        private var paths: PathIndex
        /// Paths whose entry is not in the store yet.
        var fresh: Set<String> = []

        init(_ entries: [String: Entry]) {
            self.entries = entries
            paths = PathIndex(entries.keys)
        }

        mutating func remember(_ path: String, _ entry: Entry) {
            if entries.updateValue(entry, forKey: path) == nil { paths.insert(path) }
            fresh.insert(path)
        }

        mutating func forget(_ path: String) {
            if entries.removeValue(forKey: path) != nil { paths.remove(path) }
            fresh.insert(path)
        }

        mutating func forget(below folder: String) {
            for path in paths.below(folder) where entries[path] != nil { forget(path) }
        }
    }

    private let state: Mutex<State>

    init(_ entries: [String: Entry] = [:]) {
        state = Mutex(State(entries))
    }

    /// The digest of a file; `nil` where there is no regular file.
    ///
    /// A file that changes while it is read is read again.
    /// - Throws: `ExecutionError` of code `storage` where it cannot be read.
    func digest(of path: String) throws -> FileDigest? {
        guard let entry = try entry(of: path) else { return nil }
        remember(path, entry)
        return FileDigest(bytes: entry.mark.bytes, sha256: entry.sha256)
    }

    /// What a file is now: what is known of it where it has not been touched since.
    private func entry(of path: String) throws -> Entry? {
        while let mark = Mark(path) {
            if let known = state.withLock({ $0.entries[path] }), known.mark == mark {
                return known
            }
            let sha256: String
            do {
                sha256 = try SHA256Digest.hex(ofFile: path)
            } catch {
                throw ExecutionError(.storage, "\(error)")
            }
            guard Mark(path) == mark else { continue }
            return Entry(mark: mark, sha256: sha256)
        }
        return nil
    }

    /// Whether a file is there with these bytes.
    func holds(_ path: String, _ digest: FileDigest) -> Bool {
        guard Mark(path)?.bytes == digest.bytes else { return false }
        guard let entry = try? entry(of: path), entry.sha256 == digest.sha256,
            entry.mark.bytes == digest.bytes
        else { return false }
        remember(path, entry)
        return true
    }

    /// Whether a file is still what it was when it was last read here; a file that was not yet is
    /// read now. What has changed stays known as it was.
    ///
    /// - Throws: `ExecutionError` of code `storage` where it cannot be read.
    func isUnchanged(_ path: String) throws -> Bool {
        guard let known = state.withLock({ $0.entries[path] }) else {
            _ = try digest(of: path)
            return true
        }
        guard let entry = try entry(of: path), entry.sha256 == known.sha256 else { return false }
        if entry != known { remember(path, entry) }
        return true
    }

    /// Remembers a digest that was computed while the file was written.
    func remember(_ path: String, _ digest: FileDigest) {
        guard let mark = Mark(path), mark.bytes == digest.bytes else { return }
        remember(path, Entry(mark: mark, sha256: digest.sha256))
    }

    private func remember(_ path: String, _ entry: Entry) {
        state.withLock {
            guard $0.entries[path] != entry else { return }
            $0.remember(path, entry)
        }
    }

    /// Forgets a file that is gone.
    func forget(_ path: String) {
        state.withLock { $0.forget(path) }
    }

    /// Forgets all files below a folder that is gone.
    func forget(below folder: String) {
        state.withLock { $0.forget(below: folder) }
    }

    /// What has changed since the last call: an entry, or none where the file was forgotten.
    func takeFresh() -> [(path: String, entry: Entry?)] {
        state.withLock { state in
            defer { state.fresh = [] }
            return state.fresh.sorted().map { ($0, state.entries[$0]) }
        }
    }
}
