import Glibc

/// An exclusive lock on a file, held until the value ends or the process does, however it ends
/// (flock(2)).
///
/// Each value is a holder of its own, also within one process.  The file stays: removing it would
/// let two hold locks of one name.
public struct FileLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Takes the lock, making the file where there is none.
    ///
    /// - Parameter permissions: of a file that is made.
    /// - Throws: `FilesError` of code `busy` where another holds it.
    public init(_ path: String, permissions: UInt32 = 0o644) throws(FilesError) {
        descriptor = try Self.locked(path, permissions, LOCK_EX | LOCK_NB)
    }

    /// Takes the lock once it is free; its task waits without a thread of Swift's.
    ///
    /// - Parameter permissions: of a file that is made.
    /// - Throws: `FilesError`, never of code `busy`.
    public static func waiting(
        for path: String, permissions: UInt32 = 0o644
    ) async throws(FilesError) -> FileLock {
        FileLock(
            descriptor: try await waiters.run { () throws(FilesError) in
                try locked(path, permissions, LOCK_EX)
            })
    }

    /// Each has a thread, so that there is always one for what the lock's holder does.
    private static let waiters = BlockingThreads(most: .max)

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // A child forked meanwhile may have the descriptor until it executes its program; closing
        // ours would leave the lock with it (flock(2)).
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Whether anyone holds a lock on the file; `false` where there is no file.
    public static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private static func locked(
        _ path: String, _ permissions: UInt32, _ operation: Int32
    ) throws(FilesError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw FilesError("cannot open", path, errno: errno) }
        while flock(descriptor, operation) != 0 {
            let failure = errno
            if failure == EINTR { continue }
            close(descriptor)
            guard failure != EWOULDBLOCK else {
                throw FilesError(.busy, "cannot lock", path, reason: "another holds it")
            }
            throw FilesError("cannot lock", path, errno: failure)
        }
        return descriptor
    }
}
