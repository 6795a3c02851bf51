import Foundation
import GroundSegment
public import Planning

/// What more of a resource would save, for reading: the case as it is, then each answer.
public struct SensitivityText: Sendable {
    public let lines: [String]

    public init(_ found: Sensitivity) {
        lines =
            [
                String(
                    format: "as it is   %.3f TB of cost and failover; %d seeds spread over %.3f TB",
                    found.total.value, Int(Sensitivity.seeds), found.spread.value),
                "re-solved  each line is a plan of the changed case, same seed, \(found.steps)"
                    + " steps",
            ]
            + found.entries.map { entry in
                let cells = entry.cells == 0 ? "" : ", \(entry.cells) fewer cells outside"
                let noise =
                    found.isNoise(entry)
                    ? "  (within the search's own spread: no effect is measurable)" : ""
                return "\(entry.sdc)  +\(Self.unit(entry)): saves "
                    + String(
                        format: "%.3f TB, %.3f TB of it cost", entry.total.value,
                        entry.cost.value) + cells + noise
            }
    }

    private static func unit(_ entry: Sensitivity.Entry) -> String {
        switch entry.resource {
        case .cores: String(format: "%g cores", entry.unit)
        case .storage: String(format: "%g TB", entry.unit)
        case .availability: String(format: "%.3g%% availability", entry.unit * 100)
        }
    }
}
