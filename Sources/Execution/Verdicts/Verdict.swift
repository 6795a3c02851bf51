/// What becomes of a payload after an attempt.
public enum Verdict: Hashable, Sendable {
    case completed
    case retry(Retry)
    case failed(Blame, message: String)
    /// Waits for an operator.
    case held(message: String)
    /// It was stopped, as its run was told to.
    case aborted(message: String)
    /// The whole run stops at once and ends with `status`.
    case abortRun(status: Int, message: String)
}

/// To whom an attempt without success is counted.
public enum Blame: String, Hashable, Sendable, CaseIterable {
    /// It failed by itself.
    case payload
    /// It was lost to the machine.
    case infrastructure
}

/// The terms on which a payload is tried again.
public struct Retry: Hashable, Sendable {
    public let blame: Blame
    /// What went wrong, one line.
    public let message: String
    /// Seconds to wait before.
    public let wait: Double
    /// MiB that it is given from now on; as before where `nil`.
    public let memory: Int?

    public init(_ blame: Blame, message: String, wait: Double = 0, memory: Int? = nil) {
        self.blame = blame
        self.message = message
        self.wait = wait
        self.memory = memory
    }
}
