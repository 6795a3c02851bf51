import Documents
import Foundation
import GroundSegment
import Markup

extension Frontier {
    /// The points as a table.
    var table: TextTable {
        TextTable(
            Self.headings.map { .right($0) }, rows: points.map(cells))
    }

    static let headings = [
        "tolerances", "stability, TB", "moves", "free", "cost, TB", "cost, %", "outside",
        "deviation, %",
    ]

    /// A point as texts below `headings`; the cost in percent is against the case's own plan.
    func cells(_ point: Point) -> [String] {
        let own = own?.cost.value ?? 0
        return [
            Self.times(point.factor), Self.short(point.stability), "\(point.moves)",
            "\(point.free)", String(format: "%.3f", point.cost.value),
            own > 0 ? String(format: "%+.2f", 100 * (point.cost.value / own - 1)) : "none",
            "\(point.outside)", String(format: "%.2f", 100 * point.deviation),
        ]
    }

    /// `x 1.5`.
    static func times(_ factor: Double) -> String { "x \(short(factor))" }

    static func short(_ number: Double) -> String { String(format: "%g", number) }

    /// What a planner can buy, and what the tolerances force.
    var finding: String {
        guard let own, let stillest else { return "No plan was made." }
        guard own.moves > 0 else { return "Nothing moves: there is nothing to buy back." }
        var offers: [String] = []
        var fewest = own.moves
        for point in points(factor: 1).sorted(by: { $0.cost < $1.cost })
        where point.moves < fewest {
            fewest = point.moves
            offers.append(offer(point, own, isFirst: offers.isEmpty))
        }
        if offers.isEmpty {
            offers = ["No weight of stability buys back any of the \(own.moves) moves"]
        }
        return (offers + [forced(stillest)]).joined(separator: "; ") + "."
    }

    /// How many of the moves a weight of stability buys back, and for how much.
    private func offer(_ point: Point, _ own: Point, isFirst: Bool) -> String {
        let bought = own.moves - point.moves
        let part = 100 * Double(bought) / Double(own.moves)
        let cost = own.cost.value > 0 ? 100 * (point.cost.value / own.cost.value - 1) : 0
        let weight = Self.short(point.stability)
        let words =
            isFirst
            ? String(
                format:
                    "%d of the %d moves (%.0f %%) can be bought back for %.2f %% of the cost, by a"
                    + " stability of %@ TB", bought, own.moves, part, cost, weight)
            : String(format: "%d (%.0f %%) for %.2f %%, by %@ TB", bought, part, cost, weight)
        let more = point.outside - own.outside
        guard more > 0 else { return words }
        return words + " and with \(more) more \(more == 1 ? "cell" : "cells") outside a tolerance"
    }

    /// Of the moves that no weight buys back, those that wider tolerances do.
    private func forced(_ stillest: Point) -> String {
        guard stillest.moves > 0 else { return "none remains" }
        let widest = Self.factors.max() ?? 1
        guard let wide = Self.stillest(points(factor: widest)), wide.moves < stillest.moves else {
            return "the \(stillest.moves) others follow from the inputs, whatever the tolerances"
        }
        return
            "the tolerances force \(stillest.moves - wide.moves) of the \(stillest.moves) others:"
            + " with all of them \(Self.times(widest)), \(wide.moves) remain"
    }

    /// What people read on the terminal.
    var lines: [String] { ["frontier   " + finding] + table.lines }

    var json: JSONValue {
        .list(
            points.map { point in
                [
                    "stability_tb": .real(point.stability), "tolerance_factor": .real(point.factor),
                    "moves": .integer(point.moves), "free": .integer(point.free),
                    "cost_tb": .real(point.cost.value), "outside": .integer(point.outside),
                    "deviation": .real(point.deviation),
                ]
            })
    }
}
