public import GroundSegment
public import Markup

/// How much of some work is done by when, beside how much was to be done by then, and when the rest
/// is expected to be.
public struct CourseChart {
    /// How much of the work is done, or due, at the end of a part of the time.
    public struct Point: Hashable, Sendable {
        public let instant: MJD
        public let due: Int
        public let done: Int

        public init(instant: MJD, due: Int, done: Int) {
            self.instant = instant
            self.due = due
            self.done = done
        }
    }

    /// When the rest is expected to be done: in nine of ten cases between two instants.
    public struct End: Hashable, Sendable {
        public let expected: MJD
        public let earliest: MJD
        public let latest: MJD

        public init(expected: MJD, earliest: MJD, latest: MJD) {
            self.expected = expected
            self.earliest = earliest
            self.latest = latest
        }
    }

    private let title: String
    private let points: [Point]
    private let total: Int
    private let now: MJD
    private let end: End?

    /// - Parameters:
    ///   - title: what is drawn.
    ///   - points: by time; from the first of them on there is work.
    ///   - total: all of the work.
    ///   - now: up to when anything can be done.
    ///   - end: `nil` where nothing is left, or it cannot be told.
    public init(title: String, points: [Point], total: Int, now: MJD, end: End?) {
        self.title = title
        self.points = points
        self.total = total
        self.now = now
        self.end = end
    }

    /// Empty where there are fewer than two points.
    public var fragment: Fragment {
        guard let first = points.first, let last = points.last, last.instant > first.instant
        else { return [] }
        let latest = end.map { min($0.latest, Self.horizon(first, $0)) } ?? now
        let until = max(last.instant, now, latest)
        let frame = ChartFrame(
            buckets: Buckets(
                period: TimeWindow(start: first.instant, end: until), length: 7),
            height: 130 + ChartFrame.axis, top: 14, bottom: 130)
        let most = Double(max(total, last.due, last.done, 1))
        let done = Self.past(points, now)
        return frame.drawing(
            "course", title: title,
            summary: "\(done.last?.done ?? 0) of \(total) are done",
            [
                frame.level(0, "0"),
                frame.level(Double(total) / most, NumberText.grouped(Double(total)), "limit"),
                fan(frame, done, most),
                Self.path("stored", frame, done.map { ($0.instant, Double($0.done) / most) }, true),
                Self.path("growth", frame, done.map { ($0.instant, Double($0.done) / most) }),
                Self.path("due", frame, points.map { ($0.instant, Double($0.due) / most) }),
                frame.line((frame.x(now), frame.top), (frame.x(now), frame.bottom), "now"),
                frame.dates(),
            ])
    }

    /// An end that lies far off leaves room for what has been: it is cut there.
    private static func horizon(_ first: Point, _ end: End) -> MJD {
        end.expected + (end.expected - first.instant)
    }

    /// What is over, and the part of the present one.
    private static func past(_ points: [Point], _ now: MJD) -> [Point] {
        let over = points.filter { $0.instant <= now }
        guard let next = points.first(where: { $0.instant > now }), !over.isEmpty else {
            return over
        }
        return over + [Point(instant: now, due: next.due, done: next.done)]
    }

    /// From what is done now to all of it, between the earliest and the latest end.
    private func fan(_ frame: ChartFrame, _ done: [Point], _ most: Double) -> Fragment {
        guard let end, let last = done.last else { return [] }
        let (from, top) = (Double(last.done) / most, Double(total) / most)
        let edge = frame.buckets.period.end
        /// Where the way to an end reaches the drawing's edge, at the latest.
        func tip(_ instant: MJD) -> (MJD, Double) {
            guard instant > edge, instant > now else { return (instant, top) }
            return (edge, from + (top - from) * (edge - now) / (instant - now))
        }
        let corner = end.latest > edge ? [(edge, top)] : []
        return [
            Self.path(
                "fan", frame, [(now, from), tip(end.earliest)] + corner + [tip(end.latest)],
                closed: true),
            Self.path("expected", frame, [(now, from), tip(end.expected)]),
        ]
    }

    /// - Parameters:
    ///   - isArea: whether all below it belongs to it.
    ///   - closed: whether it returns to where it began.
    private static func path(
        _ name: String, _ frame: ChartFrame, _ points: [(MJD, Double)], _ isArea: Bool = false,
        closed: Bool = false
    ) -> Fragment {
        guard let first = points.first, let last = points.last else { return [] }
        func number(_ value: Double) -> String { NumberText.coordinate(value) }
        var text = points.enumerated().map { place, point in
            (place == 0 ? "M" : "L") + number(frame.x(point.0)) + " " + number(frame.y(point.1))
        }.joined()
        if isArea {
            text += "L\(number(frame.x(last.0))) \(number(frame.bottom))"
            text += "L\(number(frame.x(first.0))) \(number(frame.bottom))z"
        } else if closed {
            text += "z"
        }
        return Fragment("path", ["d": text, "class": name])
    }
}
