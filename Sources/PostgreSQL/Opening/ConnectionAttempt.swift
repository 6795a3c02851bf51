import Dispatch
import Synchronization

/// Opens a session on a thread that may be left behind: libpq waits for a server that does not
/// answer, and cannot be told to stop.
final class ConnectionAttempt: Sendable {
    private enum State {
        case begun
        case awaited(CheckedContinuation<Connection, any Error>)
        case settled
    }

    private let state = Mutex(State.begun)

    /// - Throws: `PostgreSQLError` of code `connectionFailed`, `CancellationError`.
    func open(_ parameters: ConnectionParameters, limits: SilenceLimits) async throws
        -> Connection
    {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isAwaited = state.withLock { state in
                    guard case .begun = state else { return false }
                    state = .awaited(continuation)
                    return true
                }
                guard isAwaited else {
                    continuation.resume(throwing: CancellationError())
                    return
                }
                let queue = DispatchQueue(label: "postgresql.connecting")
                queue.async {
                    self.settle(
                        Result {
                            try Connection(
                                handle: ConnectionHandle(parameters), parameters: parameters,
                                limits: limits)
                        })
                }
            }
        } onCancel: {
            settle(.failure(CancellationError()))
        }
    }

    /// A session that comes after its task was cancelled is closed with its last reference.
    private func settle(_ result: Result<Connection, any Error>) {
        let waiting = state.withLock { state in
            defer { state = .settled }
            if case .awaited(let continuation) = state { return Optional(continuation) }
            return nil
        }
        waiting?.resume(with: result)
    }
}
