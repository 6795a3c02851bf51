/// A half-open span of time: it holds its start and not its end.
public struct TimeWindow: Hashable, Sendable {
    public let start: MJD
    public let end: MJD

    /// A span from `start` to `end`, which must not lie before it.
    public init(start: MJD, end: MJD) {
        precondition(start <= end, "a window ends before it starts")
        self.start = start
        self.end = end
    }

    /// Length in days.
    public var days: Double { end - start }

    public func contains(_ instant: MJD) -> Bool { start <= instant && instant < end }

    /// What both spans hold; `nil` where they do not meet.
    public func intersection(_ other: TimeWindow) -> TimeWindow? {
        let first = max(start, other.start)
        let last = min(end, other.end)
        return first < last ? TimeWindow(start: first, end: last) : nil
    }
}
