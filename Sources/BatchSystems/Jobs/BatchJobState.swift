/// The states that the systems' own are mapped to.
public enum BatchJobState: String, Hashable, Sendable, CaseIterable {
    case waiting
    /// Waits for somebody to release it.
    case held
    case running
    case suspended
    /// Its program has ended, the system clears up.
    case completing
    case completed
    case failed
    case cancelled
    case timedOut = "timed-out"
    case outOfMemory = "out-of-memory"
    case preempted
    case nodeFailed = "node-failed"
    /// A word of the system that is not in its description.
    case unknown

    /// Whether a job in this state will not run any more.
    public var isEnded: Bool {
        switch self {
        case .waiting, .held, .running, .suspended, .completing, .unknown: false
        case .completed, .failed, .cancelled, .timedOut, .outOfMemory, .preempted, .nodeFailed:
            true
        }
    }
}
