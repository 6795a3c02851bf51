/// When a pilot tries to reach its runner.
///
/// Times are seconds of a clock that only goes forward.
struct PilotDialing: Hashable, Sendable {
    private(set) var state: State
    /// Tries in a row without success.
    private(set) var failures = 0
    /// Seconds between two tries.
    private let (firstPause, longestPause): (Double, Double)

    enum State: Hashable, Sendable {
        case waiting(until: Double)
        /// A connection is being made, up to the runner's welcome.
        case shaking(until: Double)
        case connected
    }

    enum Event: Hashable, Sendable {
        /// Time has passed.
        case tick
        /// Runner and pilot know one another.
        case welcomed
        /// The connection, or the try to make one, is over.
        case lost
    }

    enum Action: Hashable, Sendable {
        /// A connection is to be made.
        case dial
        /// The one that is being made is given up.
        case hangUp
    }

    /// Seconds that a connection and its handshake may take.
    static let patience = 10.0

    /// - Parameters:
    ///   - idle: seconds that all the tries are spread over.
    ///   - retries: how many there are.
    init(idle: Double, retries: Int, at now: Double) {
        state = .waiting(until: now)
        let longest = min(15, max(0.0625, idle / Double(max(1, retries))))
        (firstPause, longestPause) = (min(1, longest), longest)
    }

    /// When `tick` is due; `nil` where nothing waits for time.
    var due: Double? {
        switch state {
        case .waiting(let time), .shaking(let time): time
        case .connected: nil
        }
    }

    /// - Parameter spread: 0 to 1: how much of a pause is left out, at most a half of it, so that
    ///   many pilots do not come at once.
    /// - Returns: what is to be done now, if anything.
    mutating func apply(_ event: Event, at now: Double, spread: Double = 0) -> Action? {
        switch (state, event) {
        case (.waiting(let time), .tick):
            guard now >= time else { return nil }
            state = .shaking(until: now + Self.patience)
            return .dial
        case (.shaking(let time), .tick):
            guard now >= time else { return nil }
            fail(now, spread)
            return .hangUp
        case (.shaking, .welcomed):
            failures = 0
            state = .connected
            return nil
        case (.shaking, .lost):
            fail(now, spread)
            return nil
        case (.connected, .lost):
            state = .waiting(until: now + firstPause * (1 - 0.5 * spread))
            return nil
        default: return nil
        }
    }

    private mutating func fail(_ now: Double, _ spread: Double) {
        var pause = firstPause
        for _ in 0..<min(failures, 10) { pause = min(2 * pause, longestPause) }
        failures += 1
        state = .waiting(until: now + pause * (1 - 0.5 * spread))
    }
}
