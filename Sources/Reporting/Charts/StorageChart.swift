import GroundSegment
import Markup

/// How an SDC's storage fills over the period, against its limit (H3).
struct StorageChart {
    let sdc: SDC
    /// TB at the end of each bucket.
    let stored: [Double]
    let buckets: Buckets

    func fragment() -> Fragment {
        let frame = ChartFrame(
            buckets: buckets, height: 90 + ChartFrame.axis, top: 14, bottom: 90)
        let limit = sdc.storage.value
        let end = stored.last ?? sdc.occupied.value
        let most = max(limit, end, 1e-9)
        func point(_ instant: MJD, _ value: Double) -> String {
            "\(NumberText.coordinate(frame.x(instant))) \(NumberText.coordinate(frame.y(value / most)))"
        }
        let line =
            "M" + point(buckets.period.start, sdc.occupied.value)
            + PeriodParts(buckets).parts.compactMap { part in
                stored.indices.contains(part.buckets.upperBound - 1)
                    ? "L" + point(part.window.end, stored[part.buckets.upperBound - 1]) : nil
            }.joined()
        let area =
            line + "V\(NumberText.coordinate(frame.bottom))"
            + "H\(NumberText.coordinate(frame.x(buckets.period.start)))z"
        return frame.drawing(
            "storage", title: "Storage of \(sdc.id)",
            summary: "from \(NumberText.grouped(sdc.occupied.value, 1)) to"
                + " \(NumberText.grouped(end, 1)) of \(NumberText.grouped(limit, 1)) TB",
            [
                frame.level(0, "0"),
                Fragment("path", ["d": area, "class": "stored"]),
                Fragment("path", ["d": line, "class": "growth"]),
                frame.level(limit / most, NumberText.grouped(limit), "limit"),
                frame.dates(),
            ])
    }
}
