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
                "\(entry.sdc)  +\(Self.unit(entry)): "
                    + (found.isNoise(entry)
                        ? "no effect is measurable ("
                            + Self.amount(entry.total, "")
                            + " is within the search's own spread)"
                        : Self.effect(entry))
            }
    }

    /// `saves 1.417 TB (1.300 TB less cost, 0.117 TB less failover), 2 fewer cells outside`;
    /// `costs 1.417 TB more (...)` where more of the resource makes the plan dearer, as the SDC
    /// then gets more of the work.
    private static func effect(_ entry: Sensitivity.Entry) -> String {
        let total = String(format: "%.3f TB", abs(entry.total.value))
        let parts = [
            amount(entry.cost, " cost"),
            amount(entry.total - entry.cost, " failover"),
        ]
        let cells =
            entry.cells == 0
            ? "" : ", \(abs(entry.cells)) \(entry.cells > 0 ? "fewer" : "more") cells outside"
        return (entry.total.value >= 0 ? "saves \(total)" : "costs \(total) more")
            + " (\(parts.joined(separator: ", ")))" + cells
    }

    /// An amount that is saved where it is above 0: `0.117 TB less failover`.
    private static func amount(_ saved: Terabytes, _ what: String) -> String {
        String(format: "%.3f TB ", abs(saved.value)) + (saved.value >= 0 ? "less" : "more") + what
    }

    private static func unit(_ entry: Sensitivity.Entry) -> String {
        switch entry.resource {
        case .cores: String(format: "%g cores", entry.unit)
        case .storage: String(format: "%g TB", entry.unit)
        case .ingress: String(format: "%g Gbit/s in", entry.unit)
        case .egress: String(format: "%g Gbit/s out", entry.unit)
        case .availability: String(format: "%.3g%% availability", entry.unit * 100)
        }
    }
}
