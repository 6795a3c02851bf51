import CPQ
import Dispatch

/// What libpq needs to ask for a cancellation.
///
/// Sendable because `PQcancel` may be called from any thread and only reads the handle, which
/// never changes (libpq manual, 34.7).
final class Canceller: @unchecked Sendable {
    private let pointer: OpaquePointer?

    init(_ connection: OpaquePointer) {
        pointer = PQgetCancel(connection)
    }

    deinit { PQfreeCancel(pointer) }

    /// Asks on a thread that may be left behind: libpq waits for a server that does not answer.
    func cancel() {
        DispatchQueue.global().async {
            var message = [CChar](repeating: 0, count: 256)
            _ = PQcancel(self.pointer, &message, Int32(message.count))
        }
    }
}
