/// The buckets of a period: half-open intervals of equal length from its start; the last takes
/// the remainder (DISTRIBUTION section 2).
public struct Buckets: Hashable, Sendable {
    public let period: TimeWindow
    /// Length of a bucket, in days.
    public let length: Double
    /// How many there are, at least one.
    public let count: Int

    public init(period: TimeWindow, length: Double) {
        precondition(length > 0, "a bucket of \(length) days")
        self.period = period
        self.length = length
        count = max(1, Int((period.days / length + 1e-9).rounded(.down)))
    }

    /// The bucket that holds `instant`; what lies after the period counts in the last one, what
    /// lies before it in the first.
    public func index(of instant: MJD) -> Int {
        let elapsed = instant - period.start
        guard elapsed > 0 else { return 0 }
        let whole = elapsed - elapsed.truncatingRemainder(dividingBy: length)
        return min(count - 1, Int((whole / length).rounded()))
    }

    public subscript(index: Int) -> TimeWindow {
        let start = period.start + Double(index) * length
        return TimeWindow(
            start: start,
            end: index == count - 1 ? period.end : period.start + Double(index + 1) * length)
    }

    /// A bucket's name, its first day: `2027-01-18`.
    public func name(_ index: Int) -> String { self[index].start.date }
}
