import GroundSegment
import Markup

/// The cost of the best plan at hand over the steps of a search, with the bound.
struct SearchChart {
    /// By steps.
    let samples: [Report.SearchSample]
    let bound: Terabytes?

    private static let size = (width: 800.0, height: 220.0)
    private static let area = (left: 64.0, top: 12.0, right: 788.0, bottom: 180.0)

    /// The lowest and the highest cost that are drawn.
    private var range: ClosedRange<Double> {
        let values = samples.map(\.cost) + (bound.map { [$0.value] } ?? [])
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        return low...max(high, low + max(abs(low) * 0.001, 1e-6))
    }

    private func x(_ steps: Int) -> Double {
        let most = Double(max(1, samples.last?.steps ?? 1))
        return Self.area.left + Double(steps) / most * (Self.area.right - Self.area.left)
    }

    private func y(_ cost: Double) -> Double {
        let part = (cost - range.lowerBound) / (range.upperBound - range.lowerBound)
        return Self.area.bottom - part * (Self.area.bottom - Self.area.top)
    }

    func fragment() -> Fragment {
        let line = samples.enumerated().map { place, sample in
            "\(place == 0 ? "M" : "L")\(NumberText.coordinate(x(sample.steps)))"
                + " \(NumberText.coordinate(y(sample.cost)))"
        }.joined()
        let marks = (0...4).map { quarter -> Fragment in
            let part = Double(quarter) / 4
            let cost = range.lowerBound + part * (range.upperBound - range.lowerBound)
            return [
                rule(y(cost), "grid"),
                text(Self.area.left - 6, y(cost) + 4, "end", NumberText.grouped(cost, 1)),
            ]
        }
        let most = samples.last?.steps ?? 0
        let steps = (0...4).map { quarter -> Fragment in
            let value = most * quarter / 4
            return text(
                x(value), Self.area.bottom + 18, quarter == 4 ? "end" : "middle",
                NumberText.grouped(value))
        }
        return Fragment(
            "div", .scrolling("Cost over the search's steps"),
            Fragment(
                "svg",
                [
                    "viewBox": "0 0 \(Int(Self.size.width)) \(Int(Self.size.height))",
                    "role": "img", "class": "search",
                    "aria-label": "Cost over the search's steps, TB",
                ],
                [
                    Fragment("title", "Cost over the search's steps, TB"),
                    Fragment(
                        "desc",
                        .text("\(samples.count) points; the numbers are in the table below.")),
                    .group(marks), .group(steps),
                    Fragment("path", ["d": line, "class": "growth"]),
                    bound.map { rule(y($0.value), "limit") } ?? [],
                    text(
                        (Self.area.left + Self.area.right) / 2, Self.size.height - 4, "middle",
                        "steps"),
                ]))
    }

    private func rule(_ y: Double, _ name: String) -> Fragment {
        Fragment(
            "line",
            [
                "x1": NumberText.coordinate(Self.area.left),
                "x2": NumberText.coordinate(Self.area.right), "y1": NumberText.coordinate(y),
                "y2": NumberText.coordinate(y), "class": name,
            ])
    }

    private func text(_ x: Double, _ y: Double, _ anchor: String, _ text: String) -> Fragment {
        Fragment(
            "text",
            [
                "x": NumberText.coordinate(x), "y": NumberText.coordinate(y),
                "text-anchor": anchor,
            ], .text(text))
    }
}
