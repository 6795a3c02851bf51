import GroundSegment
import Markup
import Planning

/// The parts of an SDC's figure: its drawings over the period, what they show, and their numbers.
struct CentreFigure {
    let plan: Plan
    let sdc: SDC
    let load: SDCLoad
    /// The SDC's place in the distribution.
    let place: Int
    let series: BucketSeries
    let sums: PartSeries
    let bands: ToleranceBands
    /// The height of the work's scale, a multiple of full capacity.
    let top: Double

    private var buckets: Buckets { plan.distribution.buckets }
    private var parts: PeriodParts { sums.parts }
    private var stored: [Double] { series.stored(at: place, of: sdc) }

    var drawing: Fragment {
        let work = LoadChart(
            load, observed: series.observationWork[place], of: sdc, plan: plan, bands: bands,
            top: top)
        let drawn: [(String, Fragment)] = [
            ("Work, part of full capacity", work.fragment()),
            receptions,
            (
                "Storage, TB",
                StorageChart(sdc: sdc, stored: stored, buckets: buckets).fragment()
            ),
            (
                "Copies for MER, received and sent",
                bars(
                    "Copies for MER to and from", sums.mostCopies,
                    [
                        counts("received", "received", sums.copiesIn),
                        counts("sent", "sent", sums.copiesOut),
                    ])
            ),
            (
                "External data to fetch, TB",
                bars(
                    "External data to fetch by", sums.mostExternal,
                    [
                        BarChart.Series(
                            name: "TB", style: "received", values: sums.external[place], digits: 2)
                    ])
            ),
            (
                "Copies that failover would need",
                bars(
                    "Copies for failover to", sums.mostFailover,
                    [counts("for failover", "sent", sums.failover)])
            ),
        ]
        return Fragment(
            "div", ["class": "panels"],
            drawn.map { title, drawing in
                Fragment("div", [Fragment("p", Fragment("small", .text(title))), drawing])
            })
    }

    /// Each arrival where they can be told apart, and the longest wait of each month where not.
    private var receptions: (String, Fragment) {
        let receptions = Receptions(at: sdc, in: plan.distribution)
        guard parts.isByMonth else {
            return (
                "Receptions, with the longest waits",
                ReceptionChart(sdc: sdc, receptions: receptions, buckets: buckets).fragment()
            )
        }
        let days = receptions.longest(in: parts)
        return (
            "Longest wait for an observation that ends in a month, days",
            bars(
                "Longest waits of", max(plan.measures.longestGap, plan.balance.gap),
                [BarChart.Series(name: "days", style: "wait", values: days, digits: 2)],
                isSum: false)
        )
    }

    private func bars(
        _ title: String, _ most: Double, _ series: [BarChart.Series],
        isSum: Bool = true
    ) -> Fragment {
        BarChart(
            title: "\(title) \(sdc.id)", series: series, most: most, buckets: buckets,
            isSum: isSum
        ).fragment()
    }

    private func counts(_ name: String, _ style: String, _ values: [[Int]]) -> BarChart.Series {
        BarChart.Series(name: name, style: style, values: values[place].map(Double.init))
    }

    var caption: String {
        let full = sdc.cores * sdc.efficiency * (parts.parts.first?.window.days ?? 0) * 24
        return "100\u{a0}% of the work's scale is \(NumberText.grouped(full)) core-hours in the"
            + " first \(parts.word)."
    }

    var numbers: [CaptionedTable] { [byPart] + maintenance }

    private var byPart: CaptionedTable {
        let stored = stored
        let rows = parts.parts.enumerated().map { number, part in
            let cell = PartLoad(load, in: part, bands: bands)
            return CaptionedTable.Row([
                .label(part.name.replacing("-", with: "\u{2011}")),
                .number(NumberText.grouped(cell.work)),
                .number(NumberText.grouped(cell.target)),
                .number(
                    "\(NumberText.grouped(cell.tolerated.lowerBound))–"
                        + NumberText.grouped(cell.tolerated.upperBound)),
                .number(NumberText.grouped(cell.capacity)),
                .number(cell.used.map { NumberText.percent($0) } ?? "–"),
                .number(NumberText.percent(sdc.meanAvailability(over: part.window), 0)),
                .number(NumberText.grouped(cell.observations)),
                .number(NumberText.grouped(cell.tiles)),
                .number(NumberText.grouped(sums.newVolume[place][number], 2)),
                .number(NumberText.grouped(stored[part.buckets.upperBound - 1], 2)),
                .number(NumberText.grouped(sums.external[place][number], 2)),
                .number(NumberText.grouped(sums.copiesIn[place][number])),
                .number(NumberText.grouped(sums.copiesOut[place][number])),
                .number(NumberText.grouped(sums.failover[place][number])),
            ])
        }
        return CaptionedTable(
            caption: "\(load.sdc) by \(parts.word): work, target, tolerated work and capacity in"
                + " core-hours; items it is primary of; new, stored and external data in TB; copies"
                + " for MER in and out, and those that failover would need",
            header: [
                parts.isByMonth ? "Month" : "Bucket", "Work", "Target", "Tolerated", "Capacity",
                "Used", "Open", "Obs.", "Tiles", "New", "Stored", "Ext.", "In", "Out", "Failover",
            ], rows: rows)
    }

    /// The SDC's windows within the period; nothing where there is none.
    private var maintenance: [CaptionedTable] {
        let rows = Report.maintenanceRows(of: sdc, within: buckets.period)
        guard !rows.isEmpty else { return [] }
        return [
            CaptionedTable(
                caption: "Maintenance of \(sdc.id), UTC; core-hours that each window takes",
                header: ["From", "Until", "Open", "Core-hours", "Announcement"],
                rows: rows.map {
                    CaptionedTable.Row([
                        .label($0.from), .text($0.until), .number($0.available), .number($0.lost),
                        .text($0.summary),
                    ])
                })
        ]
    }
}
