import Foundation
import GroundSegment
public import Planning

/// A difference for reading: totals by cause, then by SDC and bucket, then each change.
public struct DifferenceText: Sendable {
    public let lines: [String]

    public init(_ difference: PlanDifference) {
        guard !difference.isEmpty else {
            lines = ["changes    none in \(difference.common) items"]
            return
        }
        lines =
            Self.totals(difference) + [""] + Self.cells(difference) + [""]
            + Self.changes(difference)
    }

    /// The total, the totals by cause and the cost.
    private static func totals(_ difference: PlanDifference) -> [String] {
        let moved = difference.moved.count
        let new = difference.changes.count { $0.before == nil }
        let gone = difference.changes.count { $0.after == nil }
        let causes = ChangeCause.allCases.compactMap { $0.counted(difference.count($0)) }
        let free = difference.changes.filter { $0.cause == .free }.count
        let part = Double(free) / Double(max(1, difference.unchangedItems)) * 100
        return [
            "changes    \(difference.changes.count): \(moved) moved, \(new) new, \(gone) gone;"
                + " \(difference.common - moved) of \(difference.common) common items stay",
            "causes     of the moved, new and gone: " + causes.joined(separator: ", "),
            String(
                format: "free       %.2f%% of the %d items that are themselves unchanged", part,
                difference.unchangedItems),
            String(
                format: "cost       %.3f TB, was %.3f TB", difference.costAfter.value,
                difference.costBefore.value),
        ]
    }

    private static func cells(_ difference: PlanDifference) -> [String] {
        let cells = difference.cells
        let width = max(3, cells.map(\.sdc.text.count).max() ?? 0)
        let header =
            "SDC".padded(to: width) + "  bucket      gained    lost  by cause (gained/lost)"
        return [header]
            + cells.map { cell in
                let causes = ChangeCause.allCases.compactMap { cause -> String? in
                    let gained = cell.gained[cause] ?? 0
                    let lost = cell.lost[cause] ?? 0
                    return gained + lost == 0 ? nil : "\(cause.rawValue) \(gained)/\(lost)"
                }
                let gained = cell.gained.values.reduce(0, +)
                let lost = cell.lost.values.reduce(0, +)
                return cell.sdc.text.padded(to: width) + "  \(cell.bucket)"
                    + String(format: "  %6d  %6d  ", gained, lost)
                    + causes.joined(separator: ", ")
            }
    }

    private static func changes(_ difference: PlanDifference) -> [String] {
        difference.changes.map { change in
            let before = change.before.map { "\($0.primary)/\($0.secondary)" } ?? "new"
            let after = change.after.map { "\($0.primary)/\($0.secondary)" } ?? "gone"
            return "\(change.cause.rawValue.padded(to: 11))  \(change.bucket)  \(change.item):"
                + " \(before) -> \(after)"
        }
    }
}

extension ChangeCause {
    /// `2 capacity`: how many there are, also where there are none; of failovers nothing is said
    /// where there are none, as no other plan than a failover's own has any.
    func counted(_ count: Int) -> String? {
        self == .failover && count == 0 ? nil : "\(count) \(rawValue)"
    }
}
