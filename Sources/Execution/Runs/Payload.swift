/// One step of a run with its life.
///
/// ```
/// UNREADY --parents done--> READY --assigned--> ASSIGNED --started--> RUNNING --> COMPLETED
///    |                      ^   |                  |                    |
///    |                      |   |                  |                    |
///    |                      \---|--- lost, or failed with attempts left -/
///    |                          |                                       |
///    |                          \--- never fits --> FAILED <-- no attempt left
///    \--parent failed--> PRUNED
/// ```
public struct Payload: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Waits for other steps.
        case unready = "UNREADY"
        /// May run as soon as there is room.
        case ready = "READY"
        /// Room is set aside; its process is being started.
        case assigned = "ASSIGNED"
        case running = "RUNNING"
        case completed = "COMPLETED"
        case failed = "FAILED"
        /// Never ran, for a step that it needs failed.
        case pruned = "PRUNED"

        public var isFinal: Bool { self == .completed || self == .failed || self == .pruned }
    }

    public enum Event: Hashable, Sendable {
        case parentsDone
        case parentFailed
        case assigned
        case started
        case completed
        /// The process ended without its outputs.
        case failed(exitCode: Int, message: String)
        /// The process vanished with the machine's help; the step is not to blame.
        case lost(message: String)
        /// It needs more than there is.
        case refused(message: String)
    }

    public let node: String
    public let state: State
    /// Runs that ended by themselves without the outputs.
    public let failures: Int
    /// Runs that were lost.
    public let losses: Int
    /// What went wrong last; empty where nothing did.
    public let message: String

    public init(
        node: String, state: State = .unready, failures: Int = 0, losses: Int = 0,
        message: String = ""
    ) {
        self.node = node
        self.state = state
        self.failures = failures
        self.losses = losses
        self.message = message
    }

    /// Number of the present or next run, from 1.  It fences: what a run of another number says
    /// does not count.
    public var attempt: Int { failures + losses + 1 }

    /// The payload after `event`; `nil` where the event is not legal in its state.
    public func after(_ event: Event, policy: RetryPolicy) -> Payload? {
        switch (state, event) {
        case (.unready, .parentsDone): with(.ready)
        case (.unready, .parentFailed): with(.pruned)
        case (.ready, .assigned): with(.assigned)
        case (.ready, .refused(let message)): with(.failed, message: message)
        case (.assigned, .started): with(.running)
        case (.running, .completed): with(.completed)
        case (.assigned, .failed(let code, let message)),
            (.running, .failed(let code, let message)):
            afterFailure(code, message, policy)
        case (.assigned, .lost(let message)), (.running, .lost(let message)):
            with(
                losses + 1 > policy.losses ? .failed : .ready, losses: losses + 1, message: message)
        default: nil
        }
    }

    private func afterFailure(_ code: Int, _ message: String, _ policy: RetryPolicy) -> Payload {
        let isLast = failures + 1 >= policy.attempts || policy.finalCodes.contains(code)
        return with(isLast ? .failed : .ready, failures: failures + 1, message: message)
    }

    private func with(
        _ state: State, failures: Int? = nil, losses: Int? = nil, message: String? = nil
    ) -> Payload {
        Payload(
            node: node, state: state, failures: failures ?? self.failures,
            losses: losses ?? self.losses, message: message ?? self.message)
    }
}
