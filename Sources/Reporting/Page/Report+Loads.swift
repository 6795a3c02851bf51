import GroundSegment
import Markup
import Planning

extension Report {
    /// Each SDC by bucket: work, receptions, storage and copies, drawn and in numbers.
    var loads: Fragment {
        let bands = ToleranceBands(plan)
        let top = LoadChart.top(plan)
        let series = BucketSeries(plan.distribution)
        let figures = zip(plan.distribution.sdcs, plan.measures.loads).enumerated().map {
            place, entry in
            let (sdc, load) = entry
            let part = CentreFigure(
                plan: plan, sdc: sdc, load: load, place: place, series: series, bands: bands,
                top: top)
            return CaptionedFigure(
                title: Fragment(
                    "p", ["class": "title"],
                    [
                        swatch(place), .text(" "), Fragment("b", .text(sdc.id.text)),
                        .text(" " + sdc.name),
                    ]),
                drawing: part.drawing, caption: part.caption, finding: part.finding,
                numbers: part.numbers, isWide: true
            ).fragment
        }
        return section(
            "Each SDC by bucket", [paragraph(explanation), key] + figures)
    }

    private var explanation: String {
        "Four drawings for each SDC. Work by bucket, as a part of what the SDC can do at full"
            + " availability, on one scale for all SDCs; T1 tolerates"
            + " \(NumberText.percent(plan.balance.work)) of the target, or one item. Receptions: a"
            + " mark for each observation that arrives at its primary, the longest waits framed with"
            + " their days; T4 tolerates \(Self.days(plan.balance.gap)). Storage: what is occupied,"
            + " both replicas counted, against the pledge. Copies for MER received and sent."
            + " Buckets are named by their first day."
    }

    private var key: Fragment {
        let entries = [
            ("observations", "work for observations"), ("tiles", "work for tiles"),
            ("band", "tolerance around the target"), ("target", "target"),
            ("capacity", "capacity, or the storage pledged"),
            ("outage", "maintenance, with the part that is available"),
            ("wait", "longest waits"), ("received", "copies received"), ("sent", "copies sent"),
        ]
        return Fragment(
            "ul", ["class": "legend"],
            entries.map { name, text in
                Fragment("li", [Fragment("span", ["class": "swatch \(name)"]), .text(" " + text)])
            })
    }
}
