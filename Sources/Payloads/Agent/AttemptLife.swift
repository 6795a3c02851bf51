/// The life of an attempt at its agent, from the room that it has to its result.
///
/// Times are seconds of a clock that only goes forward.
struct AttemptLife: Hashable, Sendable {
    private(set) var state: State
    /// Why the agent ended it; the first reason stays.
    private(set) var cause: AttemptResult.EndCause?
    private let limits: AttemptLimits
    private var lastSecond: Double

    enum State: Hashable, Sendable {
        /// To be started; the program may be open for writing until then.
        case starting(retry: Double)
        case running
        /// TERM was sent; KILL follows at that time.
        case ending(kill: Double)
        /// KILL was sent to all its processes.
        case killing(again: Double)
        /// The main process has ended; what it left is killed.
        case sweeping(again: Double, delay: Double)
        case ended
    }

    enum Event: Hashable, Sendable {
        case started
        case busy
        case notStarted
        /// Time has passed.
        case tick
        /// It is to end, by TERM first; without a grace, with the order's own.
        case end(AttemptResult.EndCause, grace: Double?)
        /// It is to end by KILL.
        case kill(AttemptResult.EndCause)
        /// The main process has ended.
        case exited
        /// Nothing of it lives any more.
        case swept
    }

    enum Action: Hashable, Sendable {
        case start
        /// TERM and CONT to its process group.
        case terminate
        /// KILL to all its processes.
        case kill
        /// KILL to what the main process left; told by `swept` when there is nothing.
        case sweep
        /// Its program stayed open for writing for too long.
        case giveUp
        /// Its result is to be written.
        case finish
    }

    /// Seconds that a program may be open for writing, and between two tries to start it.
    private static let (busy, retry) = (10.0, 0.05)

    /// Seconds between two looks at what is being killed, which is mostly gone at once: at first,
    /// doubled each time, and at most.
    private static let (firstLook, lastLook) = (0.001, 0.05)

    /// Seconds that its result waits for what cannot be killed (signal(7): a process that waits for
    /// a device).
    private static let patience = 30.0

    init(limits: AttemptLimits, at now: Double) {
        self.limits = limits
        state = .starting(retry: now)
        lastSecond = now + Self.busy
    }

    /// When `tick` is due; `nil` where nothing waits for time.
    var due: Double? {
        switch state {
        case .starting(let time), .ending(let time), .killing(let time), .sweeping(let time, _):
            time
        case .running: lastSecond
        case .ended: nil
        }
    }

    /// - Returns: what is to be done now, if anything.
    mutating func apply(_ event: Event, at now: Double) -> Action? {
        switch (state, event) {
        case (.ended, _): return nil
        case (.starting(let time), .tick): return now >= time ? .start : nil
        case (.starting, .busy):
            guard now < lastSecond else { return .giveUp }
            state = .starting(retry: now + Self.retry)
            return nil
        case (.starting, .started):
            state = .running
            lastSecond = now + limits.walltime
            return nil
        case (.starting, .notStarted):
            state = .ended
            return .finish
        case (.starting, .end(let cause, _)), (.starting, .kill(let cause)):
            self.cause = cause
            state = .ended
            return .finish
        case (.running, .exited), (.ending, .exited), (.killing, .exited):
            state = .sweeping(again: now + Self.firstLook, delay: Self.firstLook)
            lastSecond = now + Self.patience
            return .sweep
        case (.sweeping, .swept):
            state = .ended
            return .finish
        case (.sweeping(let time, let delay), .tick):
            guard now < lastSecond else {
                state = .ended
                return .finish
            }
            guard now >= time else { return nil }
            let longer = min(2 * delay, Self.lastLook)
            state = .sweeping(again: now + longer, delay: longer)
            return .sweep
        case (.running, .tick): return now >= lastSecond ? end(.walltime, limits.grace, now) : nil
        case (.running, .end(let cause, let grace)):
            return end(cause, grace ?? limits.grace, now)
        case (.ending(let time), .end(_, let grace)):
            state = .ending(kill: min(time, now + (grace ?? limits.grace)))
            return nil
        case (.ending(let time), .tick): return now >= time ? kill(now) : nil
        case (.killing(let time), .tick): return now >= time ? kill(now) : nil
        case (.running, .kill(let cause)), (.ending, .kill(let cause)):
            if self.cause == nil { self.cause = cause }
            return kill(now)
        default: return nil
        }
    }

    private mutating func end(_ cause: AttemptResult.EndCause, _ grace: Double, _ now: Double)
        -> Action
    {
        self.cause = cause
        state = .ending(kill: now + grace)
        return .terminate
    }

    private mutating func kill(_ now: Double) -> Action {
        state = .killing(again: now + Self.lastLook)
        return .kill
    }
}
