import GroundSegment
import Markup

/// The frame of a chart over the period: where its instants and heights lie, and what all charts
/// share.
struct ChartFrame {
    let buckets: Buckets
    /// The drawing's height, and where in it the scale ends and begins.
    let height: Double
    let top: Double
    let bottom: Double

    static let width = 400.0
    static let left = 48.0
    static let right = 388.0

    func x(_ instant: MJD) -> Double {
        let part = (instant - buckets.period.start) / max(buckets.period.days, 1e-9)
        return Self.left + part * (Self.right - Self.left)
    }

    /// The height of a part of the scale, 0 to 1; what the scale does not hold is cut.
    func y(_ part: Double) -> Double { bottom - min(max(part, 0), 1) * (bottom - top) }

    /// The whole drawing.
    ///
    /// - Parameters:
    ///   - name: its class.
    ///   - title: what is drawn.
    ///   - summary: its numbers in a sentence.
    func drawing(_ name: String, title: String, summary: String, _ parts: [Fragment]) -> Fragment {
        Fragment(
            "svg",
            [
                "viewBox": "0 0 \(Int(Self.width)) \(Int(height))", "role": "img", "class": name,
                "aria-label": "\(title): \(summary)",
            ], [Fragment("title", .text(title)), Fragment("desc", .text(summary))] + parts)
    }

    /// A line across with its value at the left.
    func level(_ part: Double, _ label: String, _ name: String = "grid") -> Fragment {
        [
            line((Self.left, y(part)), (Self.right, y(part)), name),
            text(Self.left - 4, y(part) + 3, "end", label),
        ]
    }

    /// The space that an axis takes below the drawing's scale.
    static let axis = 34.0

    /// The period's days, months or years, with their year below.
    func dates() -> Fragment {
        .group(
            PeriodTicks(buckets).ticks.map { tick in
                let at = x(tick.instant)
                // What stands at the right edge ends there.
                let anchor = Self.right - at < 12 ? "end" : "middle"
                return [
                    line((at, bottom), (at, bottom + 4), "axis"),
                    text(at, bottom + 16, anchor, tick.label),
                    tick.year.map { text(at, bottom + 29, anchor, $0) } ?? [],
                ]
            })
    }

    func text(_ x: Double, _ y: Double, _ anchor: String, _ text: String) -> Fragment {
        Fragment(
            "text",
            [
                "x": NumberText.coordinate(x), "y": NumberText.coordinate(y),
                "text-anchor": anchor,
            ], .text(text))
    }

    func line(
        _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ name: String
    ) -> Fragment {
        Fragment(
            "line",
            [
                "x1": NumberText.coordinate(from.x), "x2": NumberText.coordinate(to.x),
                "y1": NumberText.coordinate(from.y), "y2": NumberText.coordinate(to.y),
                "class": name,
            ])
    }

    func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ name: String,
        _ title: String? = nil
    ) -> Fragment {
        Fragment(
            "rect",
            [
                "x": NumberText.coordinate(x), "y": NumberText.coordinate(y),
                "width": NumberText.coordinate(max(0, width)),
                "height": NumberText.coordinate(max(0, height)), "class": name,
            ], title.map { Fragment("title", .text($0)) } ?? [])
    }
}
