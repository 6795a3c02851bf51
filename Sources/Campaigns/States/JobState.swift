public import GroundSegment

/// The life of a job, in the words of PanDA's JEDI. A job is a processing order of the catalogue
/// from the moment it is assigned to an SDC.
public enum JobState: String, Hashable, Sendable, CaseIterable {
    /// Its inputs are not all there.
    case pending
    /// All that it needs is known.
    case defined
    /// An SDC was chosen.
    case assigned
    /// Its inputs are at the SDC: it may be taken.
    case activated
    /// Given to the SDC's runner.
    case sent
    case starting
    case running
    /// Its process is over and its outputs are looked at.
    case holding
    /// Its outputs are joined with others.
    case merging
    /// Its outputs are being copied.
    case transferring
    /// Ended well.
    case finished
    case failed
    /// Given up before it ran, to be made anew elsewhere or not at all.
    case closed
    /// Ended by an operator.
    case cancelled

    /// Whether nothing more happens to it by itself.
    public var isFinal: Bool {
        switch self {
        case .finished, .failed, .closed, .cancelled: true
        default: false
        }
    }

    /// The states that may follow. A lost job that is tried again is pending once more.
    public var next: Set<JobState> {
        switch self {
        case .pending: [.defined, .closed, .cancelled, .failed]
        case .defined: [.assigned, .pending, .closed, .cancelled, .failed]
        case .assigned: [.activated, .defined, .closed, .cancelled, .failed]
        case .activated: [.sent, .starting, .running, .assigned, .closed, .cancelled, .failed]
        case .sent: [.starting, .running, .activated, .cancelled, .failed]
        case .starting: [.running, .activated, .cancelled, .failed]
        case .running:
            [.holding, .merging, .transferring, .finished, .activated, .cancelled, .failed]
        case .holding: [.merging, .transferring, .finished, .cancelled, .failed]
        case .merging: [.transferring, .finished, .cancelled, .failed]
        case .transferring: [.finished, .cancelled, .failed]
        case .finished: []
        case .failed, .closed, .cancelled: [.pending]
        }
    }

    /// What the state of a processing order means for the job that it is.
    public init(_ order: OrderState) {
        self =
            switch order {
            case .allocated: .activated
            case .executing: .running
            case .completed: .finished
            case .error: .failed
            case .aborted: .cancelled
            case .withdrawn: .closed
            }
    }
}
