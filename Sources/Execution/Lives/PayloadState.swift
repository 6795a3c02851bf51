/// The life of a payload: a node in a run.
///
/// ```
/// UNREADY --> READY --> ASSIGNED --> RUNNING --> COMPLETED | FAILED
///    |  \      |  ^        |          |   |
///    |   HELD--/  \--------+----------/   STAND-BY --> READY (epilog) | FAILED
///    \--> PRUNED       withdrawn, lost, tried again
/// ```
/// ABORTED follows each that has not ended; UNREADY follows each that has, by a restart.
public enum PayloadState: String, Hashable, Sendable, CaseIterable {
    /// Waits for other payloads.
    case unready = "UNREADY"
    /// May run as soon as there is room.
    case ready = "READY"
    /// Room is set aside; its process is being started.
    case assigned = "ASSIGNED"
    /// Its process runs or, where it holds others, some of them have not ended.
    case running = "RUNNING"
    /// Its process has ended, and the payloads that it asked for have not.
    case standBy = "STAND-BY"
    /// An operator or a rule keeps it from running.
    case held = "HELD"
    case completed = "COMPLETED"
    case failed = "FAILED"
    /// Stopped, or never started, because its run was stopped.
    case aborted = "ABORTED"
    /// Never ran, for a payload that it needs did not complete.
    case pruned = "PRUNED"

    /// Whether it has ended.
    public var isFinal: Bool {
        switch self {
        case .completed, .failed, .aborted, .pruned: true
        default: false
        }
    }

    /// The states that may follow this one by one step.
    public var successors: [PayloadState] { Self.allCases.filter(mayBecome) }

    /// Whether `next` may follow by one step. One event may take a payload several steps.
    public func mayBecome(_ next: PayloadState) -> Bool {
        switch (self, next) {
        case (.unready, .ready), (.unready, .held), (.unready, .completed), (.unready, .aborted),
            (.unready, .pruned):
            true
        // RUNNING and STAND-BY at once: one that holds others whose parts begin.
        case (.ready, .assigned), (.ready, .running), (.ready, .standBy), (.ready, .held),
            (.ready, .completed), (.ready, .failed), (.ready, .aborted):
            true
        case (.assigned, .ready), (.assigned, .running), (.assigned, .aborted): true
        case (.running, .ready), (.running, .standBy), (.running, .held), (.running, .completed),
            (.running, .failed), (.running, .aborted):
            true
        case (.standBy, .ready), (.standBy, .failed), (.standBy, .aborted): true
        case (.held, .unready), (.held, .completed), (.held, .failed), (.held, .aborted),
            (.held, .pruned):
            true
        case (.completed, .unready), (.failed, .unready), (.aborted, .unready), (.pruned, .unready):
            true
        default: false
        }
    }

    /// Whether `later` may be seen after this state by one who does not see every step, as a
    /// store that writes several events at once.
    public func mayLead(to later: PayloadState) -> Bool {
        var seen: Set<PayloadState> = []
        var next = successors
        while let state = next.popLast() {
            if seen.insert(state).inserted { next += state.successors }
        }
        return seen.contains(later)
    }

    /// The number that a status command ends with: the one that Rubin's batch production service
    /// (ctrl_bps, `WmsStates`) gives to the same state.
    public var exitStatus: Int {
        switch self {
        case .completed: 0
        case .unready: 12
        case .ready: 13
        case .assigned: 14
        case .running, .standBy: 15
        case .aborted: 16
        case .held: 17
        case .failed: 19
        case .pruned: 20
        }
    }

    /// The number for a payload of which nothing is known, its host being out of reach.
    public static let unknownExitStatus = 10
}
