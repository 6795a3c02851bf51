/// Why a job has left no result of its own.
public struct BatchJobLoss: Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
        /// Its limit of memory was reached.
        case outOfMemory
        /// The system, its machines or somebody ended it: no fault of what it ran.
        case timedOut, preempted, nodeFailed, cancelled
        /// Its program ended by itself and wrote no result.
        case noResult
        /// The system knows nothing of it any more.
        case forgotten
    }

    public let cause: Cause
    /// What the system said at last; `nil` where it never said anything.
    public let status: BatchJobStatus?

    public init(_ cause: Cause, _ status: BatchJobStatus?) {
        self.cause = cause
        self.status = status
    }

    /// The loss of a job of which the system last said that.
    init(_ status: BatchJobStatus?) {
        let cause: Cause =
            switch status?.state {
            case .outOfMemory: .outOfMemory
            case .timedOut: .timedOut
            case .preempted: .preempted
            case .nodeFailed: .nodeFailed
            case .cancelled: .cancelled
            case .completed, .failed: .noResult
            case .waiting, .held, .running, .suspended, .completing, .unknown, nil: .forgotten
            }
        self.init(cause, status)
    }
}
