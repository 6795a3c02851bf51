import GroundSegment
import Markup
import Planning

/// The parts of an SDC's figure: four drawings over the period, what they show, and their numbers.
struct CentreFigure {
    let plan: Plan
    let sdc: SDC
    let load: SDCLoad
    /// The SDC's place in the distribution.
    let place: Int
    let series: BucketSeries
    let bands: ToleranceBands
    /// The height of the work's scale, a multiple of full capacity.
    let top: Double

    private var buckets: Buckets { plan.distribution.buckets }
    private var receptions: Receptions { Receptions(at: sdc, in: plan.distribution) }
    private var stored: [Double] { series.stored(at: place, of: sdc) }

    var drawing: Fragment {
        let work = LoadChart(load, of: sdc, plan: plan, bands: bands, top: top)
        let copies = CopyChart(
            sdc: sdc, received: series.copiesIn[place], sent: series.copiesOut[place],
            most: series.mostCopies, buckets: buckets)
        let parts: [(String, Fragment)] = [
            ("Work, part of full capacity", work.fragment()),
            (
                "Receptions, with the longest waits",
                ReceptionChart(sdc: sdc, receptions: receptions, buckets: buckets).fragment()
            ),
            (
                "Storage, TB",
                StorageChart(sdc: sdc, stored: stored, buckets: buckets).fragment()
            ),
            ("Copies for MER", copies.fragment()),
        ]
        return Fragment(
            "div", ["class": "panels"],
            parts.map { title, drawing in
                Fragment("div", [Fragment("p", Fragment("small", .text(title))), drawing])
            })
    }

    var caption: String {
        let full = sdc.cores * sdc.efficiency * buckets[0].days * 24
        return "100\u{a0}% of the work's scale is \(NumberText.grouped(full)) core-hours in the"
            + " first bucket."
    }

    var finding: String { [work, waiting, storage, copies].joined(separator: " ") }

    /// `91.2 % of the capacity is used, most in the bucket of 2027-02-01, 97.0 %; within the
    /// tolerance in all 13 buckets.`
    private var work: String {
        let outside = plan.measures.outside.count { $0.sdc == load.sdc && $0.tolerance == .work }
        let standing =
            outside == 0
            ? "within the tolerance in all \(buckets.count) buckets"
            : "outside the tolerance in \(outside) of \(buckets.count) buckets"
        let parts = load.buckets.map { $0.capacity > .zero ? $0.work / $0.capacity : 0 }
        let capacity = load.buckets.reduce(CoreHours.zero) { $0 + $1.capacity }
        let work = load.buckets.reduce(CoreHours.zero) { $0 + $1.work }
        guard capacity > .zero,
            let fullest = parts.indices.max(by: { (parts[$0], $1) < (parts[$1], $0) })
        else { return "Closed for the whole period." }
        return "\(NumberText.percent(work / capacity)) of the capacity is used, most in the bucket"
            + " of \(buckets.name(fullest)), \(NumberText.percent(parts[fullest])); \(standing)."
    }

    private var waiting: String {
        guard let longest = receptions.waits.first else { return "" }
        return "The longest wait for an observation is \(Report.days(longest.days)), from"
            + " \(longest.window.start.date) to \(longest.window.end.date);"
            + " \(Report.days(plan.balance.gap)) are tolerated."
    }

    private var storage: String {
        let end = stored.last ?? sdc.used.value
        return "The storage is filled to \(NumberText.percent(end / max(sdc.storage.value, 1e-9)))"
            + " at the end, from"
            + " \(NumberText.percent(sdc.used.value / max(sdc.storage.value, 1e-9)))."
    }

    private var copies: String {
        let received = series.copiesIn[place].reduce(0, +)
        let sent = series.copiesOut[place].reduce(0, +)
        return "\(NumberText.count(received, "copy", "copies")) received,"
            + " \(NumberText.grouped(sent)) sent."
    }

    var numbers: CaptionedTable {
        let stored = stored
        let rows = load.buckets.enumerated().map { bucket, cell in
            let band = bands.work(cell)
            let used = cell.capacity > .zero ? NumberText.percent(cell.work / cell.capacity) : "–"
            return CaptionedTable.Row([
                .label(buckets.name(bucket)), .number(NumberText.grouped(cell.work.value)),
                .number(NumberText.grouped(cell.target.value)),
                .number(
                    "\(NumberText.grouped(max(0, band.lowerBound)))–"
                        + NumberText.grouped(band.upperBound)),
                .number(NumberText.grouped(cell.capacity.value)), .number(used),
                .number(NumberText.percent(sdc.meanAvailability(over: buckets[bucket]), 0)),
                .number(NumberText.grouped(cell.observations)),
                .number(NumberText.grouped(cell.tiles)),
                .number(NumberText.grouped(series.newVolume[place][bucket], 2)),
                .number(NumberText.grouped(stored[bucket], 2)),
                .number(NumberText.grouped(series.copiesIn[place][bucket])),
                .number(NumberText.grouped(series.copiesOut[place][bucket])),
            ])
        }
        return CaptionedTable(
            caption: "\(load.sdc) by bucket: work, target, tolerated work and capacity in"
                + " core-hours; items it is primary of; data in TB; copies for MER",
            header: [
                "Bucket", "Work", "Target", "Tolerated", "Capacity", "Used", "Available", "Obs.",
                "Tiles", "New TB", "Stored TB", "Copies in", "Out",
            ], rows: rows)
    }
}
