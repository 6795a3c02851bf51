import Foundation
import GroundSegment
public import Planning

/// What more of a resource would save, for reading: the case as it is, then each answer.
public struct SensitivityText: Sendable {
    public let lines: [String]

    /// - Parameter units: how much more was tried.
    public init(_ found: Sensitivity, units: Sensitivity.Units) {
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
                let noise = found.isNoise(entry) ? "  (within the search's own spread)" : ""
                return "\(entry.sdc)  +\(Self.unit(entry.resource, units)): saves "
                    + String(
                        format: "%.3f TB, %.3f TB of it cost", entry.total.value,
                        entry.cost.value) + cells + noise
            }
    }

    private static func unit(
        _ resource: Sensitivity.Resource, _ units: Sensitivity.Units
    ) -> String {
        switch resource {
        case .cores: String(format: "%g cores", units.cores)
        case .storage: String(format: "%g TB", units.storage.value)
        case .availability: String(format: "%g%% availability", units.availability * 100)
        }
    }
}
