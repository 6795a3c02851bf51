import GroundSegment
import Markup

/// The arrivals of an SDC's primary observations as marks on a line, its longest waits framed.
struct ReceptionChart {
    let sdc: SDC
    let receptions: Receptions
    let buckets: Buckets

    /// How many waits are framed.
    private static let framed = 3

    func fragment() -> Fragment {
        let frame = ChartFrame(
            buckets: buckets, height: 44 + ChartFrame.axis, top: 18, bottom: 44)
        let path = Self.marks(receptions.arrivals.map(frame.x)).map {
            "M\(NumberText.coordinate($0)) \(NumberText.coordinate(frame.top + 4))"
                + "V\(NumberText.coordinate(frame.bottom))"
        }
        return frame.drawing(
            "receptions", title: "Observations received by \(sdc.id)", summary: summary,
            [
                outages(frame), waits(frame),
                Fragment("path", ["d": path.joined(), "class": "arrivals"]),
                frame.line(
                    (ChartFrame.left, frame.bottom), (ChartFrame.right, frame.bottom), "axis"),
                frame.dates(),
            ])
    }

    /// The places of marks, half a mark's width apart: those that would cover each other are one.
    static func marks(_ places: [Double]) -> [Double] {
        Set(places.map { ($0 / 0.4).rounded() }).sorted().map { $0 * 0.4 }
    }

    private var summary: String {
        let count = NumberText.count(receptions.arrivals.count, "arrival", "arrivals")
        guard let longest = receptions.waits.first else { return count }
        return "\(count); the longest wait is \(NumberText.grouped(longest.days, 2)) days, from"
            + " \(longest.window.start) to \(longest.window.end)"
    }

    private func outages(_ frame: ChartFrame) -> Fragment {
        .group(
            sdc.maintenance.filter { $0.availability <= 0 }.compactMap { window in
                window.window.intersection(buckets.period).map { span in
                    frame.rectangle(
                        frame.x(span.start), frame.top,
                        max(frame.x(span.end) - frame.x(span.start), 1),
                        frame.bottom - frame.top, "closed", "Full outage \(window.span)")
                }
            })
    }

    /// The longest waits, each with its days where its text covers no other.
    private func waits(_ frame: ChartFrame) -> Fragment {
        var taken: [Double] = []
        return .group(
            receptions.waits.prefix(Self.framed).map { wait in
                let (from, to) = (frame.x(wait.window.start), frame.x(wait.window.end))
                let days = "\(NumberText.grouped(wait.days, 1)) d"
                let box = frame.rectangle(
                    from, frame.top, max(to - from, 1.5), frame.bottom - frame.top, "wait",
                    "\(days) without a new observation, \(wait.window.start) to \(wait.window.end)")
                let middle = (from + to) / 2
                guard taken.allSatisfy({ abs($0 - middle) > 34 }) else { return box }
                taken.append(middle)
                return [box, frame.text(middle, frame.top - 4, "middle", days)]
            })
    }
}
