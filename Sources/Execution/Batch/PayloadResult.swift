import GroundSegment

/// How a payload's process ended, as its wrapper wrote it down.
struct PayloadResult: Codable, Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00 UTC.
    let start: Double
    let end: Double
    /// Exit status of the process; 128 plus the signal's number where a signal ended it.
    let exitCode: Int
    /// Whether it was ended because its walltime was over.
    let isOverdue: Bool
    /// Processor time of the process and its children, seconds.
    let userSeconds: Double
    let systemSeconds: Double
    /// Largest resident set of a process, KiB.
    let peakMemory: Int

    var window: TimeWindow {
        TimeWindow(start: MJD(posixSeconds: start), end: MJD(posixSeconds: max(start, end)))
    }
}
