import GroundSegment
import Planning
import Reporting

/// Work of earlier buckets that was planned, published and not done: it has to be done first, so
/// that the next buckets' capacity is less.
struct Backlog {
    /// By SDC; those without any are missing.
    private(set) var work: [ID<SDC>: CoreHours] = [:]
    private(set) var orders = 0
    /// The first bucket that has to do it.
    private let first: Int

    /// - Parameters:
    ///   - unfinished: items whose order has not ended, with the SDC that has it.
    ///   - plan: in force.
    ///   - instant: work of the buckets before the one of this instant counts.
    init(_ unfinished: [(item: ItemID, sdc: ID<SDC>)], of plan: Plan, before instant: MJD) {
        let distribution = plan.distribution
        first = distribution.buckets.index(of: instant)
        let processing = distribution.processing
        var items: [ItemID: (bucket: Int, work: CoreHours)] = [:]
        for entry in distribution.observations {
            items[.observation(entry.observation.id)] = (entry.bucket, processing.work(of: entry))
        }
        for entry in distribution.tiles {
            items[.tile(entry.tile.id)] = (entry.bucket, processing.work(of: entry))
        }
        for (item, sdc) in unfinished {
            guard let planned = items[item], planned.bucket < first else { continue }
            work[sdc, default: .zero] += planned.work
            orders += 1
        }
    }

    /// The case with the work taken from the capacity of the buckets that come next, as early as
    /// it fits.
    func taken(from planningCase: PlanningCase) -> PlanningCase {
        guard !work.isEmpty else { return planningCase }
        let sdcs = planningCase.sdcs.map { sdc in
            work[sdc.id].map {
                sdc.with(
                    reservations: sdc.reservations + reservations($0, sdc, planningCase.buckets))
            }
                ?? sdc
        }
        return planningCase.with(sdcs: sdcs, rules: planningCase.rules)
    }

    private func reservations(
        _ work: CoreHours, _ sdc: SDC, _ buckets: Buckets
    ) -> [Reservation] {
        var rest = work
        var reservations: [Reservation] = []
        for bucket in first..<buckets.count where rest > .zero {
            let part = min(rest, sdc.capacity(over: buckets[bucket]))
            guard part > .zero else { continue }
            reservations.append(
                Reservation(window: buckets[bucket], work: part, volume: .zero))
            rest = rest - part
        }
        return reservations
    }

    /// What a planner should know of it: a line, or none.
    var remarks: [String] {
        guard orders > 0 else { return [] }
        let parts = work.sorted { $0.key < $1.key }
            .map { "\($0.key) \(NumberText.grouped($0.value.value)) core-hours" }
        return [
            "\(orders) orders of earlier buckets are not done: "
                + parts.joined(separator: ", ") + ", taken from what comes next"
        ]
    }
}
