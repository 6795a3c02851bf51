import Documents
import Foundation
import GroundSegment
import Markup
import Planning

/// What a failover costs: the measures of the plan in force, and those of what replaces it.
struct FailoverPrice {
    let before: Plan
    let after: Plan

    /// Totals, then the SDCs' work over their capacity, as it was and would be.
    var lines: [String] {
        let now = before.measures
        let then = after.measures
        let totals = String(
            format:
                "price      copies %d to %d, cost %.3f to %.3f TB, failover copies %d to %d,"
                + " cells outside %d to %d",
            now.copyCount, then.copyCount, now.cost.value, then.cost.value, now.failoverCopies,
            then.failoverCopies, now.outside.count, then.outside.count)
        let table = TextTable(
            [
                .left("SDC"), .right("load, %"), .right("then"), .right("observations"),
                .right("then"), .right("tiles"), .right("then"),
            ],
            rows: pairs.map { now, then in
                [
                    now.sdc.text, Self.percent(now), Self.percent(then),
                    "\(now.primaryObservations)", "\(then.primaryObservations)",
                    "\(now.primaryTiles)", "\(then.primaryTiles)",
                ]
            })
        return [totals] + table.lines
    }

    var json: JSONValue {
        [
            "now": before.measures.json, "then": after.measures.json,
            "sdcs": .list(
                pairs.map { now, then in
                    ["sdc": .text(now.sdc.text), "now": now.json, "then": then.json]
                }),
        ]
    }

    /// The SDCs' loads before and after, in the case's order.
    private var pairs: [(now: SDCLoad, then: SDCLoad)] {
        let then = Dictionary(
            after.measures.loads.map { ($0.sdc, $0) }, uniquingKeysWith: { first, _ in first })
        return before.measures.loads.compactMap { now in then[now.sdc].map { (now, $0) } }
    }

    private static func percent(_ load: SDCLoad) -> String {
        load.capacity.value > 0
            ? String(format: "%.1f", 100 * (load.work / load.capacity)) : "none"
    }
}
