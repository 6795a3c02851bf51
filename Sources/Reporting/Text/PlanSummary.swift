import Foundation
import GroundSegment
public import Planning

/// The few lines that tell how good a plan is.
public struct PlanSummary: Sendable {
    public let lines: [String]

    public init(_ plan: Plan) {
        let measures = plan.measures
        let count = Double(max(1, measures.observations))
        var lines = [
            String(
                format:
                    "cost       %.3f TB: %.3f TB in %d copies (%.2f%% of the observations), %.3f TB external",
                measures.cost.value, measures.copyVolume.value, measures.copyCount,
                Double(measures.copyCount) / count * 100, measures.externalVolume.value)
        ]
        if let bound = plan.bound {
            let gap = plan.gap.map { String(format: ", gap %.2f%%", $0 * 100) } ?? ""
            lines.append(String(format: "bound      %.3f TB", bound.value) + gap)
        } else {
            lines.append("bound      none: no distribution is within all tolerances")
        }
        lines.append(
            String(
                format: "failover   %d copies, %.2f for each observation", measures.failoverCopies,
                Double(measures.failoverCopies) / count))
        let borders = plan.borders
        lines.append(
            "borders    \(borders.apart) of \(borders.neighbours) pairs of neighbouring tiles have"
                + " different primaries")
        if plan.base != nil { lines.append(Self.changes(plan)) }
        lines.append("tolerance  \(measures.outside.count) cells outside")
        for cell in measures.outside {
            lines.append(
                String(
                    format: "           %@ %@%@: %.1f, expected %.1f to %.1f",
                    cell.tolerance.rawValue, cell.sdc.text, cell.bucket.map { " " + $0 } ?? "",
                    cell.value, cell.lower, cell.upper))
        }
        self.lines = lines
    }

    /// What differs from the base, by cause.
    private static func changes(_ plan: Plan) -> String {
        let distribution = plan.distribution
        let causes = distribution.observations.map(\.cause) + distribution.tiles.map(\.cause)
        let counts = ChangeCause.allCases.compactMap { cause in
            cause.counted(causes.count { $0 == cause })
        }
        let stability = Double(plan.measures.freeAssignments) * plan.weights.stability
        let changed = causes.count { $0 != nil }
        return "changes    \(changed) items are new or move: " + counts.joined(separator: ", ")
            + String(
                format: "; free moves count %.3f TB (stability), data that had arrived %.3f TB",
                stability, plan.measures.movedVolume.value)
    }
}
