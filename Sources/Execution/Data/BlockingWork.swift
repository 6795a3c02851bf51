import Foundation

/// Work that waits for disks and processes, done on threads of its own in the order in which it
/// comes, never on those that Swift's tasks share.
struct BlockingWork: Sendable {
    private let queue = OperationQueue()

    /// - Parameter width: how many pieces of work are done at the same time.
    init(_ name: String, width: Int) {
        queue.name = name
        queue.maxConcurrentOperationCount = width
    }

    /// Does it as soon as a thread is free; its outcome is told by what it does.
    func start(_ work: @escaping @Sendable () -> Void) {
        queue.addOperation(work)
    }

    /// Waits until all that was to be done is done.
    func finish() async {
        await withCheckedContinuation { continuation in
            queue.addBarrierBlock { continuation.resume() }
        }
    }

    /// Does it and gives its value.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            start { continuation.resume(with: Result { try work() }) }
        }
    }
}
