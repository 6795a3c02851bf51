/// What becomes of a job, from two witnesses: the batch system, which knows whether it is in the
/// queue, and the file with its result, which alone knows what it did.
///
/// | in the queue | result | |
/// | --- | --- | --- |
/// | yes | no | it waits or runs |
/// | yes | yes | it has ended; the system still clears up |
/// | no | yes | it has ended |
/// | no | no | accounting is asked, the file is looked for until `fileDelay` is over, then it is lost |
///
/// A value: whoever holds it asks the system, looks for the file, and tells what was seen. A
/// system that does not answer is not told at all, and changes nothing.
public struct BatchJobLife: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        case queued
        /// Out of the queue without a result, since then.
        case missing(since: Duration)
        case ended
        case lost(BatchJobLoss)
    }

    /// What is to be done next.
    public enum Step: Hashable, Sendable {
        /// Poll again at the next interval.
        case wait
        /// Ask accounting, tell `accounting(_:)`, and look again at the next interval.
        case askAccounting
        /// Look for the file again at that time, or before.
        case lookAgain(at: Duration)
        /// Read the result.
        case end
        case lose(BatchJobLoss)
    }

    public private(set) var state = State.queued
    /// What the system said last.
    public private(set) var status: BatchJobStatus?
    /// How long the file of a job that is gone is looked for: a shared disk may show it late.
    public let fileDelay: Duration

    public init(fileDelay: Duration = .seconds(60)) {
        self.fileDelay = fileDelay
    }

    /// Tells what a poll and a look for the result have shown, the poll before the look.
    ///
    /// - Parameters:
    ///   - polled: `nil` where the system does not have the job in its queue.
    ///   - now: of a clock that never goes back.
    public mutating func seen(
        _ polled: BatchJobStatus?, hasResult: Bool, at now: Duration
    ) -> Step {
        switch state {
        case .ended: return .end
        case .lost(let loss): return .lose(loss)
        case .queued, .missing: break
        }
        if let polled { status = polled }
        if hasResult {
            state = .ended
            return .end
        }
        if let polled, !polled.state.isEnded {
            state = .queued
            return .wait
        }
        guard case .missing(let since) = state else {
            state = .missing(since: now)
            return .askAccounting
        }
        guard now >= since + fileDelay else {
            // Accounts are written late, too.
            return status?.state.isEnded ?? false
                ? .lookAgain(at: since + fileDelay) : .askAccounting
        }
        let loss = BatchJobLoss(status)
        state = .lost(loss)
        return .lose(loss)
    }

    /// Tells what accounting knows of a job that is missing; `nil` where there is none, or it
    /// does not know the job.
    public mutating func accounting(_ known: BatchJobStatus?) -> Step {
        switch state {
        case .ended: return .end
        case .lost(let loss): return .lose(loss)
        case .queued: return .wait
        case .missing(let since):
            // Accounts may be behind: one that still calls it running keeps nobody waiting, and
            // where the job is back in the queue the next poll tells.
            if let known, known.state.isEnded || status?.state.isEnded != true { status = known }
            return .lookAgain(at: since + fileDelay)
        }
    }
}
