import Foundation
import GroundSegment
import Markup

/// A calibration as a terminal shows it, and as a scenario.
struct CalibrationText {
    let calibration: Calibration
    /// The case as the command line names it.
    let planningCase: String

    func lines(writtenTo file: String?) -> [String] {
        table.lines + [""] + proposals + (file.map { ["written    \($0)"] } ?? [])
    }

    private var table: TextTable {
        TextTable(
            [
                .left("value"), .right("items"), .right("now"), .right("measured"),
                .right("+- 95 %"), .right("cores busy"),
            ],
            rows: calibration.centres.map { centre in
                row("\(centre.sdc).efficiency", centre.efficiency, centre.busy)
            } + calibration.works.map { row("processing.\($0.kind.rawValue).work", $0.work, nil) })
    }

    private func row(
        _ name: String, _ estimate: Calibration.Estimate, _ busy: Double?
    ) -> [String] {
        [
            name, "\(estimate.items)", Self.short(estimate.now),
            estimate.measured.map { String(format: "%.4g", $0) } ?? "too few",
            estimate.spread.map { String(format: "%.1f %%", $0 * 100) } ?? "",
            busy.map { String(format: "%.0f %%", $0 * 100) } ?? "",
        ]
    }

    private var proposals: [String] {
        guard !calibration.proposals.isEmpty else {
            return ["what the case has agrees with the measurements: nothing to change"]
        }
        var settings = calibration.proposals.map { "--set \($0.key)=\(Self.short($0.value))" }
        for index in settings.indices.dropLast() { settings[index] += " \\" }
        return [
            "to see what a plan would be with what was measured:",
            "  sgs whatif \(planningCase) --plan published \\",
        ] + settings.map { "      \($0)" }
    }

    /// The changes as a scenario file.
    var scenario: String {
        let settings = calibration.proposals.map {
            "  \($0.key): \(Self.short($0.value))    # was \(Self.short($0.now))"
        }
        return "# What was measured, as changes of the case: sgs whatif CASE --with this file.\n"
            + (settings.isEmpty ? "set: {}" : "set:\n" + settings.joined(separator: "\n")) + "\n"
    }

    private static func short(_ value: Double) -> String { String(format: "%.6g", value) }
}

extension Calibration.Proposal {
    /// The setting as scenarios name it.
    var key: String {
        switch field {
        case .efficiency(let sdc): "\(sdc).efficiency"
        case .work(let kind): "processing.\(kind.rawValue).work"
        }
    }
}
