/// What a batch system says of a job.
public struct BatchJobStatus: Hashable, Sendable {
    public var state: BatchJobState
    /// The system's own word for the state.
    public var native: String
    /// The system's own reason; empty where it gives none.
    public var reason: String
    public var exit: BatchJobExit?
    /// Where it runs or ran.
    public var host: String?
    /// Seconds since 1970-01-01 UTC.
    public var started: Int?
    /// Seconds since 1970-01-01 UTC; `nil` while it runs.
    public var ended: Int?

    public init(
        _ state: BatchJobState, native: String, reason: String = "", exit: BatchJobExit? = nil,
        host: String? = nil, started: Int? = nil, ended: Int? = nil
    ) {
        self.state = state
        self.native = native
        self.reason = reason
        self.exit = exit
        self.host = host
        self.started = started
        self.ended = ended
    }
}

/// How a job's program ended.
public enum BatchJobExit: Hashable, Sendable {
    case code(Int)
    case signal(Int)

    public var isSuccess: Bool { self == .code(0) }

    /// From the status that wait(2) gives.
    init(waitStatus status: Int) {
        self = status & 0x7F == 0 ? .code(status >> 8 & 0xFF) : .signal(status & 0x7F)
    }

    /// From an exit code as a shell gives it: 128 and the number of a signal.
    init(shellCode code: Int) {
        self = (129...192).contains(code) ? .signal(code - 128) : .code(code)
    }
}
