/// The ranges of the numbers that a plan can hold.
///
/// Within them nothing that is computed from a plan overflows, and every instant has a date of
/// four-digit years.  Whatever a planning request may ask for lies within them too, so that a plan
/// that was written can be read.
public enum PlanningLimits {
    /// Cores, core-hours, TB, tolerances and weights.
    public static let amount = 0.0...1e15
    /// The same where 0 is none: cores, storage, an SDC's efficiency.
    public static let positive = 1e-30...1e15
    /// Sums, products and ratios of amounts.
    public static let derived = 0.0...1e90
    /// Parts of a whole; rounding may exceed it a little.
    public static let part = 0.0...(1 + 1e-6)
    /// How many of anything.
    public static let count = 0...1_000_000_000_000
    /// Days of a bucket.
    public static let bucket = 0.01...366.0
    /// The most days of a period: ten years.
    public static let longestPeriod = 3660.0
    /// Days from an observation's end to its arrival.
    public static let latency = 0.0...366.0
    /// Within which a period lies, MJD: 1970-01-01 to 2130-01-01.
    public static let period = 40587.0...99026.0
    /// Every other instant, MJD: 0001-01-01 to 9999-12-31.
    public static let instant = -678_575.0...2_973_483.0
    /// The most corners of a polygon.
    public static let corners = 3...1000
}

extension Int {
    /// The whole part of `value`, or the nearest integer that there is; 0 for what is no number.
    public init(saturating value: Double) {
        if value.isNaN {
            self = 0
        } else {
            self = Int(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
        }
    }
}
