import Glibc

/// The host's clocks, seconds.
enum AgentClock {
    /// Since 1970-01-01T00:00 UTC, for what is told.
    static var time: Double { now(CLOCK_REALTIME) }

    /// Of a clock that never goes back, for what is limited.
    static var monotonic: Double { now(CLOCK_MONOTONIC) }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
