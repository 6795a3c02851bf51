/// How long a pilot takes payloads, and how long it lets them run.
///
/// Times are seconds of a clock that only goes forward.
struct PilotTerm: Hashable, Sendable {
    private(set) var state = State.working
    /// What ends it whatever runs.
    private let last: Double
    private let idle: Double
    /// Seconds that what runs has after the warning.
    private let rest: Double
    private let retries: Int
    /// When there was something to do.
    private var lastBusy: Double

    enum State: Hashable, Sendable {
        case working
        /// Nothing is taken; at that time, what runs is ended.
        case draining(PilotEnd.Reason, until: Double)
        /// What runs is being ended.
        case ending(PilotEnd.Reason)
    }

    enum Event: Hashable, Sendable {
        /// Time has passed.
        ///
        /// - Parameters:
        ///   - isBusy: whether something runs or waits.
        ///   - failures: tries in a row to reach the runner; `nil` while it is there.
        case tick(isBusy: Bool, failures: Int?)
        /// The batch system has said that the end is near.
        case warned
        /// The runner takes no more from it.
        case dismissed
        /// The runner has all ended now.
        case killed
        /// It speaks another version than its runner, who will take none of it.
        case outdated
    }

    enum Action: Hashable, Sendable {
        /// Nothing is taken any more, but what is here already runs.
        case finish
        /// Nothing is taken any more, and what waits is given back.
        case drain
        /// What runs is ended, too.
        case end
        /// What runs is killed.
        case kill
    }

    /// Seconds before the end of its job at which what runs is ended; then the processes have TERM
    /// for `grace`, and results are written.
    static let margin = 30.0
    /// The most seconds between TERM and KILL of what runs when the pilot ends.
    static let grace = 20.0
    /// Seconds of the time after the warning in which nothing runs any more.
    private static let reserve = 60.0

    init(idle: Double, walltime: Double, warning: Double, retries: Int, at now: Double) {
        self.idle = idle
        self.retries = retries
        last = now + max(0, walltime - Self.margin)
        rest = max(0, warning - Self.reserve)
        lastBusy = now
    }

    /// Why it ends; `nil` while it does not.
    var reason: PilotEnd.Reason? {
        switch state {
        case .working: nil
        case .draining(let reason, _), .ending(let reason): reason
        }
    }

    /// When `tick` is due.
    ///
    /// - Parameter isBusy: whether something runs or waits.
    func due(isBusy: Bool) -> Double {
        switch state {
        case .working: isBusy ? last : min(last, lastBusy + idle)
        case .draining(_, let time): time
        case .ending: .infinity
        }
    }

    /// - Returns: what is to be done now, if anything.
    mutating func apply(_ event: Event, at now: Double) -> Action? {
        switch (state, event) {
        case (.working, .tick(let isBusy, let failures)):
            if isBusy { lastBusy = now }
            if now >= last {
                state = .ending(.walltime)
                return .end
            }
            guard !isBusy else { return nil }
            if (failures ?? 0) >= retries || now >= lastBusy + idle {
                state = .draining(failures == nil ? .idle : .unreachable, until: last)
                return .finish
            }
            return nil
        case (.draining(let reason, let time), .tick):
            guard now >= time else { return nil }
            state = .ending(now >= last ? .walltime : reason)
            return .end
        case (.working, .warned):
            state = .draining(.drain, until: min(last, now + rest))
            return .drain
        case (.draining(.drain, _), .warned):
            state = .ending(.drain)
            return .end
        case (.draining(let reason, let time), .warned):
            // From now on it is as after a first warning, but the reason stays.
            state =
                reason == .idle || reason == .unreachable
                ? .draining(reason, until: min(time, now + rest))
                : .draining(.drain, until: min(time, now + rest))
            return .drain
        case (.ending, .warned): return .kill
        case (.working, .dismissed):
            state = .draining(.runner, until: last)
            return .finish
        case (_, .killed):
            state = .ending(reason ?? .runner)
            return .kill
        case (.working, .outdated):
            state = .draining(.version, until: last)
            return .finish
        default: return nil
        }
    }
}
