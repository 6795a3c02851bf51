/// The life of a run: an order or a submission in the hands of its runner.
///
/// ```
/// PENDING --inputs staged--> EXECUTING --outputs stored--> COMPLETED
///    |  \--an input cannot be had--\  |-- a payload failed --> ERROR
///    |                                \-- cancelled ---------> ABORTED
///    \-- PENDING and EXECUTING: held --> HELD --released--> what it was
/// ```
/// A run that has ended is PENDING again when an operator restarts it.
public enum RunState: String, Hashable, Sendable, CaseIterable {
    /// Taken; its inputs are not all here yet.
    case pending = "PENDING"
    /// Its payloads run, or its outputs are being stored.
    case executing = "EXECUTING"
    /// An operator holds it: what runs goes on, nothing more starts.
    case held = "HELD"
    case completed = "COMPLETED"
    /// Ended without its outputs.
    case error = "ERROR"
    /// Cancelled by an operator.
    case aborted = "ABORTED"

    /// Whether nothing more is to be done but to report it.
    public var isFinal: Bool { self == .completed || self == .error || self == .aborted }

    /// The states that may follow this one.
    public var successors: [RunState] { Self.allCases.filter(mayBecome) }

    public func mayBecome(_ next: RunState) -> Bool {
        switch (self, next) {
        case (.pending, .executing), (.pending, .held), (.pending, .error), (.pending, .aborted),
            (.executing, .held), (.executing, .completed), (.executing, .error),
            (.executing, .aborted),
            // What was under way when it was held goes on, and may end it.
            (.held, .pending), (.held, .executing), (.held, .completed), (.held, .error),
            (.held, .aborted),
            (.completed, .pending), (.error, .pending), (.aborted, .pending):
            true
        default: false
        }
    }

    /// The number that a status command ends with: the one that Rubin's batch production service
    /// (ctrl_bps, `WmsStates`) gives to the same state.
    public var exitStatus: Int {
        switch self {
        case .completed: 0
        case .pending: 14
        case .executing: 15
        case .aborted: 16
        case .held: 17
        case .error: 19
        }
    }
}
