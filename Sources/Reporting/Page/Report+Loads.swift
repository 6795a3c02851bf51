import GroundSegment
import Markup
import Planning

extension Report {
    /// Each SDC by bucket: work, receptions, storage and copies, drawn and in numbers.
    var loads: Fragment {
        let bands = ToleranceBands(plan)
        let top = LoadChart.top(plan)
        let series = BucketSeries(plan.distribution)
        let sums = PartSeries(series, plan.distribution.buckets)
        let figures = zip(plan.distribution.sdcs, plan.measures.loads).enumerated().map {
            place, entry in
            let (sdc, load) = entry
            let part = CentreFigure(
                plan: plan, sdc: sdc, load: load, place: place, series: series, sums: sums,
                bands: bands, top: top)
            return CaptionedFigure(
                title: Fragment(
                    "p", ["class": "title"],
                    [
                        swatch(place), .text(" "), Fragment("b", .text(sdc.id.text)),
                        .text(" " + sdc.name),
                    ]),
                drawing: part.drawing, caption: part.caption, finding: part.finding,
                numbers: part.numbers, isWide: !sums.parts.isByMonth
            ).fragment
        }
        return section(
            "Each SDC over time", [paragraph(explanation), key] + figures)
    }

    private var explanation: String {
        let word = PeriodParts(plan.distribution.buckets).word
        return "Six drawings for each SDC, each on one scale for all SDCs but the storage. Work by"
            + " \(word), as a part of what the SDC can do at full availability; T1 tolerates"
            + " \(NumberText.percent(plan.balance.work)) of the target, or one item. Receptions: a"
            + " mark for each observation that arrives at its primary, the longest waits framed with"
            + " their days, or by month the longest wait alone; T4 tolerates \(Self.days(plan.balance.gap)). Storage: what is occupied,"
            + " both replicas counted, against the pledge. Copies for MER received and sent,"
            + " external data that the SDC fetches as primary of tiles, and the copies that it would"
            + " need as their secondary. Numbers rest on each bar under the pointer."
            + (word == "month"
                ? " A month has the buckets that begin in it; what is tolerated in it is the sum of"
                    + " what its buckets tolerate, and plan.json has each bucket."
                : " Buckets are named by their first day.")
    }

    private var key: Fragment {
        let entries = [
            ("observations", "work for observations"), ("tiles", "work for tiles"),
            ("band", "tolerance around the target"), ("target", "target"),
            ("capacity", "capacity, or the storage pledged"),
            ("outage", "maintenance, with the part that is open"),
            ("wait", "longest waits"), ("received", "copies received; external data"),
            ("sent", "copies sent; copies for failover"),
        ]
        return Fragment(
            "ul", ["class": "legend"],
            entries.map { name, text in
                Fragment("li", [Fragment("span", ["class": "swatch \(name)"]), .text(" " + text)])
            })
    }
}
