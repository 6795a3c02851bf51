import Foundation
import GroundSegment
public import Planning

extension PlanComparison {
    /// What an operator reads: totals, the SDCs' load and the moves, before and after.
    public var lines: [String] { totals + loads + moves }

    private var totals: [String] {
        let now = before.measures
        let then = after.measures
        return [
            "                          now      then    change",
            row("cost, TB", now.cost.value, then.cost.value, decimals: 3),
            row("copies", Double(now.copyCount), Double(then.copyCount)),
            row("external, TB", now.externalVolume.value, then.externalVolume.value, decimals: 3),
            row("moved, TB", now.movedVolume.value, then.movedVolume.value, decimals: 3),
            row("failover copies", Double(now.failoverCopies), Double(then.failoverCopies)),
            row("cells outside", Double(now.outside.count), Double(then.outside.count)),
            row("utilisation, %", 100 * now.utilisation, 100 * then.utilisation, decimals: 1),
            row("longest wait, days", now.longestGap, then.longestGap, decimals: 2),
        ]
    }

    /// Work over capacity of each SDC of both plans, where it changes.
    private var loads: [String] {
        let then = Dictionary(uniqueKeysWithValues: after.measures.loads.map { ($0.sdc, $0) })
        return before.measures.loads.compactMap { load in
            guard let other = then[load.sdc] else { return nil }
            return row(
                "\(load.sdc) utilised, %", 100 * load.utilisation, 100 * other.utilisation,
                decimals: 1)
        }
    }

    private var moves: [String] {
        let moved = difference.moved
        let causes = ChangeCause.allCases.compactMap { cause -> String? in
            let count = moved.count { $0.cause == cause }
            return count > 0 ? "\(count) \(cause.rawValue)" : nil
        }
        let list = causes.isEmpty ? "" : ": " + causes.joined(separator: ", ")
        var gained: [ID<SDC>: Int] = [:]
        var lost: [ID<SDC>: Int] = [:]
        for cell in difference.cells {
            gained[cell.sdc, default: 0] += cell.gained.values.reduce(0, +)
            lost[cell.sdc, default: 0] += cell.lost.values.reduce(0, +)
        }
        let sdcs = Set(gained.keys).union(lost.keys).sorted()
        return ["moves      \(moved.count) of \(difference.common) items\(list)"]
            + sdcs.map {
                "  \($0)  as primary: \(gained[$0, default: 0]) gained,"
                    + " \(lost[$0, default: 0]) lost"
            }
    }

    private func row(_ name: String, _ now: Double, _ then: Double, decimals: Int = 0) -> String {
        let format = "%9.\(decimals)f %9.\(decimals)f %+9.\(decimals)f"
        return (name + " ").padded(to: 20)
            + String(format: format, now, then, then - now)
    }
}

extension SDCLoad {
    /// Work over capacity of the whole period; 0 where there is no capacity.
    fileprivate var utilisation: Double {
        let work = buckets.reduce(CoreHours.zero) { $0 + $1.work }
        let capacity = buckets.reduce(CoreHours.zero) { $0 + $1.capacity }
        return capacity.value > 0 ? work / capacity : 0
    }
}
