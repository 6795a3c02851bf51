import Foundation
import GroundSegment
import Markup

/// frontier.html: the points as a figure and a table, in a file that loads nothing.
struct FrontierPage {
    let frontier: Frontier
    /// The plan's name.
    let name: String

    private static let width = 640.0
    private static let height = 360.0
    private static let left = 64.0
    private static let right = 620.0
    private static let top = 20.0
    private static let bottom = 310.0

    func html() -> String {
        Page(
            file: "Frontier of \(name)",
            parts: [
                Fragment("p", ["class": "verdict"], .text(frontier.finding)),
                CaptionedFigure(
                    drawing: drawing,
                    caption:
                        "Each mark is a plan of the revision: to the right more items of the base"
                        + " move, further up it costs more, and the number beside it is the mean"
                        + " deviation of work from its target, in percent. A circle has the case's"
                        + " tolerances, a square 1.5 times, a triangle twice of them; a line joins"
                        + " growing weights of stability, which is the price in TB of a change"
                        + " without a cause. The filled circle is the plan of the case itself.",
                    finding: frontier.finding, numbers: numbers
                ).fragment,
                Fragment(
                    "p",
                    .text(
                        "To choose a point, give weights: stability and balance of plan.yaml its"
                            + " values and plan again.")),
            ]
        ).text
    }

    private var numbers: CaptionedTable {
        CaptionedTable(
            caption: "Moves against cost against balance", header: Frontier.headings,
            rows: frontier.points.map { point in
                let cells = frontier.cells(point)
                return CaptionedTable.Row(
                    [.label(cells[0])] + cells.dropFirst().map { .number($0) })
            })
    }

    private var drawing: Fragment {
        Fragment(
            "svg",
            [
                "viewBox": "0 0 \(Int(Self.width)) \(Int(Self.height))", "role": "img",
                "class": "load", "aria-label": "Moves against cost: \(frontier.finding)",
            ],
            [Fragment("title", "Moves against cost"), axes]
                + Frontier.factors.map { series($0) })
    }

    // MARK: - Scale

    private var moves: ClosedRange<Double> { Self.range(frontier.points.map { Double($0.moves) }) }
    private var cost: ClosedRange<Double> { Self.range(frontier.points.map(\.cost.value)) }

    /// The values with a tenth of their span on both sides, never empty and never below 0.
    private static func range(_ values: [Double]) -> ClosedRange<Double> {
        let low = values.min() ?? 0
        let high = values.max() ?? 1
        let margin = max((high - low) * 0.1, abs(high) * 1e-3, 0.02)
        return max(0, low - margin)...(high + margin)
    }

    private func x(moves value: Double) -> Double {
        let part = (value - moves.lowerBound) / (moves.upperBound - moves.lowerBound)
        return Self.left + part * (Self.right - Self.left)
    }

    private func y(cost value: Double) -> Double {
        let part = (value - cost.lowerBound) / (cost.upperBound - cost.lowerBound)
        return Self.bottom - part * (Self.bottom - Self.top)
    }

    private func x(_ point: Frontier.Point) -> Double { x(moves: Double(point.moves)) }
    private func y(_ point: Frontier.Point) -> Double { y(cost: point.cost.value) }

    private var axes: Fragment {
        [
            line((Self.left, Self.bottom), (Self.right, Self.bottom), "axis"),
            line((Self.left, Self.top), (Self.left, Self.bottom), "axis"),
            text(Self.right, Self.bottom + 34, "end", "items that move"),
            text(Self.left - 58, Self.top - 6, "start", "cost, TB"),
            .group(
                Self.ticks(moves, least: 1).map { value in
                    text(
                        x(moves: value), Self.bottom + 16, "middle", String(format: "%.0f", value))
                }),
            .group(
                Self.ticks(cost, least: 0.01).map { value in
                    let at = y(cost: value)
                    return [
                        line((Self.left, at), (Self.right, at), "grid"),
                        text(Self.left - 6, at + 4, "end", String(format: "%g", value)),
                    ]
                }),
        ]
    }

    /// A few round values within a range: multiples of 1, 2 or 5 times a power of ten.
    ///
    /// - Parameter least: the smallest distance between two of them.
    static func ticks(_ range: ClosedRange<Double>, least: Double) -> [Double] {
        let rough = max((range.upperBound - range.lowerBound) / 5, least)
        let power = pow(10, floor(log10(rough) + 1e-9))
        let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
        return stride(
            from: (range.lowerBound / step).rounded(.up) * step, through: range.upperBound, by: step
        ).map { ($0 / step).rounded() * step }
    }

    // MARK: - Marks

    private func series(_ factor: Double) -> Fragment {
        let points = frontier.points(factor: factor)
        let path = points.enumerated().map { index, point in
            "\(index == 0 ? "M" : "L")\(Self.number(x(point))) \(Self.number(y(point)))"
        }
        return [
            Fragment(
                "path",
                [
                    "d": path.joined(), "fill": "none", "stroke": "currentColor",
                    "stroke-width": "1", "opacity": "0.5",
                ]),
            .group(points.map { mark($0) }),
        ]
    }

    private func mark(_ point: Frontier.Point) -> Fragment {
        let (x, y) = (x(point), y(point))
        let isOwn = point.factor == 1 && point.stability == frontier.stability
        let title =
            "tolerances \(Frontier.times(point.factor)), stability \(Frontier.short(point.stability))"
            + " TB: \(point.moves) moves, " + String(format: "%.3f TB", point.cost.value)
        return [
            Fragment(
                "path",
                [
                    "d": Self.shape(point.factor, x, y), "fill": isOwn ? "currentColor" : "none",
                    "stroke": "currentColor", "stroke-width": "2",
                ], Fragment("title", .text(title))),
            label(point, x, y),
        ]
    }

    /// The deviation beside a mark; those of the three tolerances on sides of their own, as their
    /// marks lie close together.
    private func label(_ point: Frontier.Point, _ x: Double, _ y: Double) -> Fragment {
        let words = String(format: "%.2f", 100 * point.deviation)
        return switch Frontier.factors.firstIndex(of: point.factor) {
        case 0: text(x + 9, y - 6, "start", words)
        case 1: text(x + 9, y + 16, "start", words)
        default: text(x - 10, y + 5, "end", words)
        }
    }

    /// A circle, a square or a triangle.
    private static func shape(_ factor: Double, _ x: Double, _ y: Double) -> String {
        func at(_ dx: Double, _ dy: Double) -> String { "\(number(x + dx)) \(number(y + dy))" }
        switch Frontier.factors.firstIndex(of: factor) {
        case 0: return "M\(at(-5, 0))a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z"
        case 1: return "M\(at(-5, -5))h10v10h-10Z"
        default: return "M\(at(0, -6))L\(at(6, 5))L\(at(-6, 5))Z"
        }
    }

    private func text(_ x: Double, _ y: Double, _ anchor: String, _ text: String) -> Fragment {
        Fragment(
            "text",
            ["x": Self.number(x), "y": Self.number(y), "text-anchor": anchor], .text(text))
    }

    private func line(
        _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ name: String
    ) -> Fragment {
        Fragment(
            "line",
            [
                "x1": Self.number(from.x), "y1": Self.number(from.y), "x2": Self.number(to.x),
                "y2": Self.number(to.y), "class": name,
            ])
    }

    private static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
