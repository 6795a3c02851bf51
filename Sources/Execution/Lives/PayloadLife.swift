public import GroundSegment
public import Workflows

/// What has become of one payload of a run.
public struct PayloadLife: Hashable, Sendable {
    public internal(set) var state: PayloadState
    /// Attempts begun so far. Numbers never repeat: the present or last attempt's is this one, the
    /// next one's is one more, after a restart as well.
    public internal(set) var attempts: Int
    /// Attempts that ended by themselves without success, since the last restart.
    public internal(set) var failures: Int
    /// Attempts that were lost to the machine, since the last restart.
    public internal(set) var losses: Int
    /// MiB that it is given instead of those that it asks for, where that grew.
    public internal(set) var memory: Int?
    /// What it needs instead of what its program declares: read from another's output, or
    /// corrected by an operator.
    public internal(set) var resources: Workflows.Resources?
    /// It is not tried again before.
    public internal(set) var notBefore: MJD?
    /// The operator's: larger runs first.
    public internal(set) var priority: Int
    /// What went wrong last or why it waits, one line; empty where nothing is to be said.
    public internal(set) var message: String
    /// What its present attempt asked for from inside.
    public internal(set) var asked: Subjobs?
    /// An operator wants it done again, whatever has been done elsewhere.
    public internal(set) var isAnew: Bool

    public init(
        state: PayloadState = .unready, attempts: Int = 0, failures: Int = 0, losses: Int = 0,
        memory: Int? = nil, resources: Workflows.Resources? = nil, notBefore: MJD? = nil,
        priority: Int = 0, message: String = "", asked: Subjobs? = nil, isAnew: Bool = false
    ) {
        self.state = state
        self.attempts = attempts
        self.failures = failures
        self.losses = losses
        self.memory = memory
        self.resources = resources
        self.notBefore = notBefore
        self.priority = priority
        self.message = message
        self.asked = asked
        self.isAnew = isAnew
    }

    /// Takes one step.
    mutating func become(_ next: PayloadState) {
        precondition(
            state.mayBecome(next), "\(next.rawValue) does not follow \(state.rawValue)")
        state = next
    }

    /// Its next attempt is in the hands of a host.
    mutating func begin() {
        become(.assigned)
        attempts += 1
        notBefore = nil
        message = ""
        asked = nil
    }

    /// Counts an attempt that did not succeed.
    mutating func count(_ blame: Blame, _ message: String) {
        switch blame {
        case .payload: failures += 1
        case .infrastructure: losses += 1
        }
        self.message = message
        asked = nil
    }

    /// Waits for its next attempt.
    mutating func wait(_ retry: Retry, at now: MJD) {
        count(retry.blame, retry.message)
        if let granted = retry.memory { memory = granted }
        notBefore = retry.wait > 0 ? now + retry.wait / 86400 : nil
        become(.ready)
    }

    /// Waits for its parents again, with all attempts before it; what it learnt is kept.
    mutating func restart() {
        become(.unready)
        failures = 0
        losses = 0
        notBefore = nil
        message = ""
        asked = nil
        isAnew = false
    }
}
