import GroundSegment
import Planning

extension CentreFigure {
    /// What the drawings show, a sentence for each.
    var finding: String {
        [workFinding, waitFinding, storageFinding, copyFinding].filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    /// `91.2 % of the capacity is used, most in the bucket of 2027-02-01, 97.0 %; within the
    /// tolerance in all 13 buckets.`
    private var workFinding: String {
        let count = plan.distribution.buckets.count
        let outside = plan.measures.outside.count { $0.sdc == load.sdc && $0.tolerance == .work }
        let standing =
            outside == 0
            ? "within the tolerance in all \(count) buckets"
            : "outside the tolerance in \(outside) of \(count) buckets"
        let cells = sums.parts.parts.map { ($0.name, PartLoad(load, in: $0, bands: bands)) }
        let capacity = cells.reduce(0) { $0 + $1.1.capacity }
        let work = cells.reduce(0) { $0 + $1.1.work }
        guard capacity > 0,
            let fullest = cells.max(by: { ($0.1.used ?? 0, $1.0) < ($1.1.used ?? 0, $0.0) })
        else { return "Closed for the whole period." }
        let place = sums.parts.isByMonth ? "in \(fullest.0)" : "in the bucket of \(fullest.0)"
        return "\(NumberText.percent(work / capacity)) of the capacity is used, most \(place),"
            + " \(NumberText.percent(fullest.1.used ?? 0)); \(standing)."
    }

    private var waitFinding: String {
        guard let longest = Receptions(at: sdc, in: plan.distribution).waits.first else {
            return ""
        }
        return "The longest wait for an observation is \(Report.days(longest.days)), from"
            + " \(longest.window.start.date) to \(longest.window.end.date);"
            + " \(Report.days(plan.balance.gap)) are tolerated."
    }

    private var storageFinding: String {
        let end = series.stored(at: place, of: sdc).last ?? sdc.occupied.value
        return "The storage is filled to \(NumberText.percent(end / max(sdc.storage.value, 1e-9)))"
            + " at the end, from"
            + " \(NumberText.percent(sdc.occupied.value / max(sdc.storage.value, 1e-9)))."
    }

    private var copyFinding: String {
        let received = sums.copiesIn[place].reduce(0, +)
        let sent = sums.copiesOut[place].reduce(0, +)
        let failover = sums.failover[place].reduce(0, +)
        let external = sums.external[place].reduce(0, +)
        return "\(NumberText.count(received, "copy", "copies")) received,"
            + " \(NumberText.grouped(sent)) sent; \(NumberText.grouped(external, 2)) TB of external"
            + " data to fetch; failover would need"
            + " \(NumberText.count(failover, "copy", "copies"))."
    }
}
