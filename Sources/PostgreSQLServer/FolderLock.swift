import Dispatch
import Glibc

/// An exclusive lock on a file, held until released or until the process ends (flock(2)).
struct FolderLock: Sendable {
    private let descriptor: Int32

    /// Waits until the lock is free, on a thread that no other task needs.
    static func acquire(path: String) async throws -> FolderLock {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try FolderLock(path: path) })
            }
        }
    }

    private init(path: String) throws {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            throw PostgreSQLServerError(
                .cannotWrite, "\(path) cannot be locked: \(String(cString: strerror(errno)))")
        }
    }

    func release() {
        close(descriptor)
    }
}
