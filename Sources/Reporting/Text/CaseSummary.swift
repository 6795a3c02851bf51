import Foundation
public import GroundSegment
import Planning

/// A planning case in a screenful of text.
public struct CaseSummary: Sendable {
    private let planningCase: PlanningCase

    public init(_ planningCase: PlanningCase) {
        self.planningCase = planningCase
    }

    /// Lines that end in no line break.
    public var text: String {
        (head + observations + centres + load + maintenance).joined(separator: "\n")
    }

    private var head: [String] {
        let buckets = planningCase.buckets
        let period = planningCase.period
        return [
            "case         \(planningCase.name)",
            "survey       \(planningCase.survey.id)",
            "period       \(period.start.date) to \(period.end.date), \(number(period.days)) days, "
                + "\(buckets.count) buckets of \(number(buckets.length)) days",
        ]
    }

    private var observations: [String] {
        let all = planningCase.survey.observations
        let inPeriod = planningCase.survey.observations(in: planningCase.period)
        var lines = ["observations \(inPeriod.count) in the period, \(all.count) in the survey"]
        lines += times
        if let first = inPeriod.first, let last = inPeriod.map(\.window.end).max() {
            lines.append("span         \(first.window.start) to \(last)")
        }
        let kinds = KindSummary.all(of: planningCase).filter { !$0.kind.isEmpty }
        if !kinds.isEmpty {
            lines.append(
                "  " + "kind".padded(to: 20) + "number".padded(from: 8)
                    + "core-hours".padded(from: 14) + "TB".padded(from: 12))
        }
        for entry in kinds {
            lines.append(
                "  " + entry.kind.padded(to: 20) + "\(entry.observations)".padded(from: 8)
                    + rounded(entry.work.value).padded(from: 14)
                    + String(format: "%.2f", entry.volume.value).padded(from: 12))
        }
        return lines
    }

    /// The scale of the file's times; a line for each field where they differ.
    private var times: [String] {
        let scales = planningCase.survey.scales
        let said = scales.map { "\($0.scale.rawValue.uppercased()) \($0.reason)" }
        guard let first = said.first else { return [] }
        if said.allSatisfy({ $0 == first }) { return ["times        \(first)"] }
        return zip(scales, said).map { "times        \($0.field): \($1)" }
    }

    private var centres: [String] {
        let heading =
            "  " + "".padded(to: 10) + "cores".padded(from: 8) + "storage TB".padded(from: 12)
            + "used TB".padded(from: 10) + "availability".padded(from: 14)
            + "core-hours".padded(from: 14)
        let lines = planningCase.sdcs.map { sdc in
            let availability = sdc.meanAvailability(over: planningCase.period)
            return "  " + sdc.id.text.padded(to: 10) + number(sdc.cores).padded(from: 8)
                + number(sdc.storage.value).padded(from: 12)
                + number(sdc.used.value).padded(from: 10)
                + String(format: "%.3f", availability).padded(from: 14)
                + rounded(sdc.capacity(over: planningCase.period).value).padded(from: 14)
                + "  " + sdc.name
        }
        return ["SDCs         \(planningCase.sdcs.count)", heading] + lines + limits + reservations
    }

    /// What limits the transfers of SDCs, where anything does.
    private var limits: [String] {
        let limited = planningCase.sdcs.filter(\.hasTransferLimit)
        guard !limited.isEmpty else { return [] }
        func text(_ sdc: SDC, _ direction: TransferDirection) -> String {
            let rate = direction == .inward ? sdc.ingress : sdc.egress
            let most = sdc.transferLimit(direction, over: planningCase.period)
            guard let rate, let most else { return "no limit".padded(from: 28) }
            return (number(rate) + " Gbit/s, ").padded(from: 16)
                + (String(format: "%.1f", most.value) + " TB").padded(from: 12)
        }
        return [
            "transfers    limited at \(NumberText.count(limited.count, "SDC", "SDCs")): in and out, Gbit/s"
                + " and TB in the period"
        ]
            + limited.map {
                "  " + $0.id.text.padded(to: 10) + text($0, .inward) + text($0, .outward)
            }
    }

    /// What others use of the SDCs, where anything is reserved.
    private var reservations: [String] {
        let reserved = planningCase.sdcs.filter { !$0.reservations.isEmpty }
        guard !reserved.isEmpty else { return [] }
        return [
            "reserved     for other surveys at \(NumberText.count(reserved.count, "SDC", "SDCs")), within"
                + " the period"
        ]
            + reserved.map { sdc in
                let volume = sdc.occupied - sdc.used
                return "  " + sdc.id.text.padded(to: 10)
                    + rounded(sdc.reserved(within: planningCase.period).value).padded(from: 12)
                    + " core-hours, " + number(volume.value) + " TB"
            }
    }

    private var load: [String] {
        let demand = CaseDemand(planningCase)
        let tiles = demand.tiles
        let observationWork = demand.observationWork
        let tileWork = demand.tileWork
        let capacity = planningCase.sdcs.map { $0.capacity(over: planningCase.period) }
            .reduce(.zero, +)
        let share = (observationWork + tileWork) / capacity
        return [
            "tiles        \(tiles), \(demand.neighbours) pairs side by side",
            "work         \(rounded((observationWork + tileWork).value)) core-hours: "
                + "\(rounded(observationWork.value)) of observations, "
                + "\(rounded(tileWork.value)) of tiles",
            "capacity     \(rounded(capacity.value)) core-hours, "
                + (share <= 1
                    ? String(format: "%.1f %% of it needed", share * 100)
                    : String(format: "which is less than the work: %.1f %% needed", share * 100)),
        ]
    }

    private var maintenance: [String] {
        var lines: [String] = []
        for sdc in planningCase.sdcs {
            for window in sdc.maintenance
            where window.window.intersection(planningCase.period) != nil {
                lines.append(
                    "  " + sdc.id.text.padded(to: 10)
                        + "\(window.window.start) to \(window.window.end)  "
                        + "availability \(number(window.availability))  \(window.summary)")
            }
        }
        return ["maintenance  \(lines.count) windows in the period"] + lines
    }

    private func number(_ value: Double) -> String {
        value == value.rounded() ? rounded(value) : "\(value)"
    }

    private func rounded(_ value: Double) -> String { String(format: "%.0f", value) }
}
