import BatchSystems
import Payloads

/// What becomes of a pilot, from two witnesses: itself, by its connection and by the file that it
/// leaves at its end, and the batch system, which knows whether it is in the queue.
///
/// The names are those of DIRAC's pilots.
///
/// | state | |
/// | --- | --- |
/// | `SUBMITTED` | the system has been given it, and has not told of it yet |
/// | `WAITING` | in the queue |
/// | `RUNNING` | |
/// | `DONE` | over in good order, also at its walltime, after at least one payload |
/// | `DONE_EMPTY` | over in good order without one |
/// | `FAILED` | ended by itself, and not in good order |
/// | `DELETED` | somebody took it out of the queue |
/// | `ABORTED` | the system or its machine ended it, or does not take it |
/// | `UNKNOWN` | neither witness tells; it may be there still |
///
/// A value: whoever holds it asks the system, looks for the file, and tells what was seen. A
/// system that does not answer is not told at all, and changes nothing.
struct PilotLife: Hashable, Sendable {
    enum State: String, Hashable, Sendable, CaseIterable, Codable {
        case submitted = "SUBMITTED"
        case waiting = "WAITING"
        case running = "RUNNING"
        case done = "DONE"
        case doneEmpty = "DONE_EMPTY"
        case failed = "FAILED"
        case deleted = "DELETED"
        case aborted = "ABORTED"
        case unknown = "UNKNOWN"

        var isFinal: Bool {
            switch self {
            case .submitted, .waiting, .running, .unknown: false
            case .done, .doneEmpty, .failed, .deleted, .aborted: true
            }
        }
    }

    /// What is to be done next.
    enum Step: Hashable, Sendable {
        /// Poll again at the next interval.
        case wait
        /// Ask accounting, tell `accounting(_:)`, and look again at the next interval.
        case askAccounting
        /// It is over.
        case end
    }

    private(set) var state = State.submitted
    /// What the system said last.
    private(set) var status: BatchJobStatus?
    private(set) var isConnected = false
    private(set) var hasConnected = false
    /// How many of its attempts had a result.
    private(set) var payloads = 0
    /// Why it is over, one line.
    private(set) var reason = ""
    private var missing: Duration?
    /// How long the file of a pilot that is gone is looked for: a shared disk may show it late.
    let fileDelay: Duration

    init(fileDelay: Duration = .seconds(60)) {
        self.fileDelay = fileDelay
    }

    /// As an earlier runner has left it.
    init(
        state: State, payloads: Int, hasConnected: Bool, reason: String, native: String? = nil,
        fileDelay: Duration
    ) {
        self.state = state
        self.payloads = payloads
        self.hasConnected = hasConnected
        self.reason = reason
        self.fileDelay = fileDelay
        status = native.map { BatchJobStatus(.unknown, native: $0) }
    }

    /// The pilot is there.
    mutating func connect() {
        guard !state.isFinal else { return }
        (isConnected, hasConnected) = (true, true)
        missing = nil
        state = .running
    }

    /// The connection is gone; the pilot may dial again.
    mutating func disconnect() {
        isConnected = false
    }

    /// One of its attempts had a result.
    mutating func count() { payloads += 1 }

    /// The system does not take it.
    mutating func refuse(_ reason: String) {
        finish(.aborted, reason)
    }

    /// Tells what a poll and a look for the file have shown, the poll before the look.
    ///
    /// - Parameters:
    ///   - polled: `nil` where the system does not have the pilot in its queue.
    ///   - end: what the pilot has left.
    ///   - now: of a clock that never goes back.
    mutating func seen(_ polled: BatchJobStatus?, _ end: PilotEnd?, at now: Duration) -> Step {
        guard !state.isFinal else { return .end }
        if let polled { status = polled }
        if let end {
            finish(end)
            return .end
        }
        if let polled, !polled.state.isEnded {
            missing = nil
            state = isConnected ? .running : Self.state(polled.state)
            return .wait
        }
        // Its connection says that it lives, whatever the system has forgotten.
        guard !isConnected else {
            missing = nil
            state = .running
            return .wait
        }
        guard let missing else {
            missing = now
            state = .unknown
            return .askAccounting
        }
        guard now >= missing + fileDelay else {
            return status?.state.isEnded ?? false ? .wait : .askAccounting
        }
        finish(status)
        return .end
    }

    /// Tells what accounting knows of a pilot that is missing; `nil` where there is none, or it
    /// does not know the pilot.
    mutating func accounting(_ known: BatchJobStatus?) {
        guard missing != nil, !state.isFinal, let known else { return }
        if known.state.isEnded || status?.state.isEnded != true { status = known }
    }

    /// Whether its end is a sign that no more are to be submitted for now.
    var isDiscouraging: Bool {
        switch state {
        case .doneEmpty, .failed, .aborted: payloads == 0
        case .submitted, .waiting, .running, .unknown, .done, .deleted: false
        }
    }

    private static func state(_ state: BatchJobState) -> State {
        switch state {
        case .waiting, .held: .waiting
        case .running, .suspended, .completing: .running
        default: .unknown
        }
    }

    private var doneState: State { payloads > 0 ? .done : .doneEmpty }

    private mutating func finish(_ end: PilotEnd) {
        payloads = max(payloads, end.payloads)
        switch end.reason {
        case .idle: finish(doneState, "nothing was left to do")
        case .drain: finish(doneState, "the batch system has told it to end")
        case .walltime: finish(doneState, "its time was over")
        case .runner: finish(doneState, "its runner has told it to end")
        case .version: finish(.failed, "it speaks another version than its runner")
        case .unreachable: finish(payloads > 0 ? .done : .failed, "it did not reach its runner")
        }
    }

    /// It has left nothing but what the system says.
    private mutating func finish(_ status: BatchJobStatus?) {
        let (state, words): (State, String) =
            switch status?.state {
            case .timedOut: (doneState, "its time was over")
            case .completed: (payloads > 0 ? .done : .failed, "it ended without a word")
            case .cancelled: (.deleted, "it was cancelled")
            case .preempted: (.aborted, "it was preempted")
            case .nodeFailed: (.aborted, "its node failed")
            case .outOfMemory: (.aborted, "it ran out of memory")
            case .failed: (.failed, "it failed")
            case .waiting, .held, .running, .suspended, .completing, .unknown, nil:
                (hasConnected ? .failed : .aborted, "the batch system does not know it any more")
            }
        let native = [status?.native, status?.reason].compactMap { $0 }
            .filter { !$0.isEmpty && $0 != "None" }.joined(separator: ", ")
        finish(state, native.isEmpty ? words : "\(words): \(native)")
    }

    private mutating func finish(_ state: State, _ reason: String) {
        guard !self.state.isFinal else { return }
        self.state = state
        self.reason = reason
        isConnected = false
    }
}
