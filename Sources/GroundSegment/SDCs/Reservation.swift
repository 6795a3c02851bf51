/// What others use of an SDC: work spread evenly over a span of time, and data that stay.
public struct Reservation: Hashable, Sendable {
    public let window: TimeWindow
    /// Taken from the capacity, in equal parts of the window.
    public let work: CoreHours
    /// Added to what is occupied, whenever the window is.
    public let volume: Terabytes

    /// - Precondition: the window is not empty.
    public init(window: TimeWindow, work: CoreHours, volume: Terabytes) {
        precondition(window.days > 0, "a reservation without a span")
        self.window = window
        self.work = work
        self.volume = volume
    }

    /// The part of the work that lies within `span`.
    public func work(within span: TimeWindow) -> CoreHours {
        work * ((window.intersection(span)?.days ?? 0) / window.days)
    }
}

extension Reservation: Comparable {
    /// By time, then by amount.
    public static func < (left: Reservation, right: Reservation) -> Bool {
        (left.window.start, left.window.end, left.work, left.volume)
            < (right.window.start, right.window.end, right.work, right.volume)
    }
}
