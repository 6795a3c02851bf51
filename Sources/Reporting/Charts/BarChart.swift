import GroundSegment
import Markup

/// Numbers of an SDC by bucket or month as bars side by side, on one scale for all SDCs.
struct BarChart {
    /// `Copies to and from SDC-FR`.
    let title: String
    let series: [Series]
    /// The most of any SDC and part of the period.
    let most: Double
    let buckets: Buckets
    /// Whether the values add up to what is said of all; else the largest is.
    var isSum = true

    /// What is counted by one kind of bar.
    struct Series {
        /// What is said of a value: `received`.
        let name: String
        /// Its class in the style sheet.
        let style: String
        /// By part of the period.
        let values: [Double]
        /// Decimals that are shown.
        var digits = 0
    }

    func fragment() -> Fragment {
        let frame = ChartFrame(buckets: buckets, height: 62 + ChartFrame.axis, top: 10, bottom: 62)
        let parts = PeriodParts(buckets)
        let sums = series.map {
            let value = isSum ? $0.values.reduce(0, +) : $0.values.max() ?? 0
            return "\(NumberText.grouped(value, $0.digits)) \($0.name)"
        }
        let bars = parts.parts.enumerated().flatMap { place, part in
            series.indices.map { bar(frame, part, place, series: $0) }
        }
        let digits = most < 10 ? series.map(\.digits).max() ?? 0 : 0
        return frame.drawing(
            "copies", title: "\(title) by \(parts.word)", summary: sums.joined(separator: ", "),
            [
                frame.level(0, "0"), frame.level(1, NumberText.grouped(most, digits)),
                .group(bars), frame.dates(),
            ])
    }

    private func bar(
        _ frame: ChartFrame, _ part: PeriodParts.Part, _ place: Int, series number: Int
    ) -> Fragment {
        let series = series[number]
        guard series.values.indices.contains(place), series.values[place] > 0 else { return [] }
        let (from, to) = (frame.x(part.window.start), frame.x(part.window.end))
        let width = (to - from) * 0.76 / Double(self.series.count)
        let height = frame.y(series.values[place] / max(most, 1e-9))
        return frame.rectangle(
            from + (to - from) * 0.12 + Double(number) * width, height, width,
            frame.bottom - height, series.style,
            "\(part.name): \(NumberText.grouped(series.values[place], series.digits))"
                + " \(series.name)")
    }
}
