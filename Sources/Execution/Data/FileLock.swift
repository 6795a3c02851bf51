import Glibc

/// An exclusive lock on a file, held until the value ends or the process does, however it ends.
struct FileLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Takes the lock, making the file where there is none.
    ///
    /// - Throws: `ExecutionError` of code `busy` where another process holds it, of code
    ///   `storage` where the file cannot be opened.
    init(_ path: String, purpose: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileTree.failure("cannot open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let failure = FileTree.failure("cannot lock", path)
            close(descriptor)
            throw isHeld ? ExecutionError(.busy, "\(purpose): \(path) is locked") : failure
        }
    }

    /// Takes the lock, waiting for it.
    init(_ path: String, purpose: String, patience: Duration) async throws {
        let end = ContinuousClock.now + patience
        while true {
            do {
                self = try FileLock(path, purpose: purpose)
                return
            } catch let error as ExecutionError where error.code == .busy {
                guard ContinuousClock.now < end else { throw error }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    deinit {
        // A child forked meanwhile may have the descriptor until it executes its program; closing
        // ours would leave the lock with it (flock(2)).
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Whether some process holds a lock on the file; `false` where there is no file.
    static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }
}
