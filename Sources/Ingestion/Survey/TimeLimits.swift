import GroundSegment

/// The instants that a survey or a period may name; beyond them a number is no MJD but a slip,
/// such as a Julian Date or POSIX seconds.
enum TimeLimits {
    /// 1970-01-01 and 2130-01-01.
    private static let range = 40587.0..<99026.0

    static let years = "the years 1970 to 2129"

    static let all = TimeWindow(start: MJD(range.lowerBound), end: MJD(range.upperBound))

    static func contains(_ time: MJD) -> Bool { range.contains(time.days) }
}
