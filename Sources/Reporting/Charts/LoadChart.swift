import GroundSegment
import Markup
import Planning

/// The work of one SDC by bucket or month against its capacity, its target and the tolerance, with
/// maintenance shaded in true time.
///
/// Heights are relative to what the SDC can do at full availability, so that the charts of a
/// plan have one scale.
struct LoadChart {
    private let sdc: SDC
    private let load: SDCLoad
    private let buckets: Buckets
    private let parts: PeriodParts
    /// Core-hours of observations by bucket.
    private let observed: [Double]
    private let bands: ToleranceBands
    /// The height of the scale, a multiple of full capacity.
    private let top: Double

    private let frame: ChartFrame

    init(
        _ load: SDCLoad, observed: [Double], of sdc: SDC, plan: Plan, bands: ToleranceBands,
        top: Double
    ) {
        self.sdc = sdc
        self.load = load
        self.bands = bands
        self.top = top
        buckets = plan.distribution.buckets
        parts = PeriodParts(buckets)
        frame = ChartFrame(
            buckets: buckets, height: 148 + ChartFrame.axis, top: 18, bottom: 148)
        self.observed = observed
    }

    /// The height of a scale that holds the work and the capacity of all SDCs.
    static func top(_ plan: Plan) -> Double {
        let buckets = plan.distribution.buckets
        let parts = PeriodParts(buckets).parts
        let highest =
            zip(plan.distribution.sdcs, plan.measures.loads).flatMap { sdc, load in
                parts.map { part in
                    load.buckets[part.buckets].reduce(0) { $0 + $1.work.value }
                        / full(sdc, part.window)
                }
            }.max() ?? 1
        return max(1, (highest * 4).rounded(.up) / 4)
    }

    private static func full(_ sdc: SDC, _ span: TimeWindow) -> Double {
        max(sdc.cores * sdc.efficiency * span.days * 24, 1e-9)
    }

    func fragment() -> Fragment {
        let work = load.buckets.reduce(0) { $0 + $1.work.value }
        let capacity = load.buckets.reduce(0) { $0 + $1.capacity.value }
        let summary =
            "\(NumberText.grouped(work)) of \(NumberText.grouped(capacity)) core-hours in"
            + " \(NumberText.count(buckets.count, "bucket", "buckets"));"
            + " \(NumberText.count(maintenance.count, "maintenance window", "maintenance windows"))"
        return frame.drawing(
            "load", title: "Work of \(load.sdc) by \(parts.word)", summary: summary,
            [
                shades(), scale(), .group(parts.parts.map(bar)), capacityLine(),
                frame.dates(),
            ]
        )
    }

    private var maintenance: [MaintenanceWindow] {
        sdc.maintenance.filter { $0.window.intersection(buckets.period) != nil }
    }

    /// The height of a part of full capacity.
    private func y(_ ratio: Double) -> Double { frame.y(ratio / top) }

    private func shades() -> Fragment {
        var reached = -Double.infinity
        return .group(
            maintenance.map { window in
                guard let span = window.window.intersection(buckets.period) else { return [] }
                let (from, to) = (frame.x(span.start), frame.x(span.end))
                let available = NumberText.percent(window.availability, 0)
                let title =
                    "\(window.summary.isEmpty ? "Maintenance" : window.summary): \(available)"
                    + " available, \(window.window.start) to \(window.window.end)"
                let shade = frame.rectangle(
                    from, frame.top, max(to - from, 1.5),
                    frame.bottom - frame.top, "outage", title)
                let middle = (from + to) / 2
                guard middle - reached > 30 else { return shade }
                reached = middle
                // At the left edge it would cover the scale's.
                let isFirst = middle - ChartFrame.left < 14
                return [
                    shade,
                    frame.text(
                        isFirst ? ChartFrame.left : middle, frame.top - 4,
                        isFirst ? "start" : "middle", available),
                ]
            })
    }

    private func scale() -> Fragment {
        .group(
            stride(from: 0.0, through: top + 1e-9, by: top > 1.5 ? 0.5 : 0.25).map { ratio in
                frame.level(ratio / top, NumberText.percent(ratio, 0))
            })
    }

    /// The tolerance band, the work in its two parts and the target's mark.
    private func bar(_ part: PeriodParts.Part) -> Fragment {
        let cell = PartLoad(load, in: part, bands: bands)
        let full = Self.full(sdc, part.window)
        let (from, to) = (frame.x(part.window.start), frame.x(part.window.end))
        let observed = observed[part.buckets].reduce(0, +)
        func box(_ lower: Double, _ upper: Double, inset: Double, _ name: String) -> Fragment {
            let (high, low) = (y(upper / full), y(lower / full))
            let margin = (to - from) * inset
            return frame.rectangle(from + margin, high, to - from - 2 * margin, low - high, name)
        }
        return Fragment(
            "g",
            [
                Fragment("title", .text(description(of: cell, part.name))),
                box(cell.tolerated.lowerBound, cell.tolerated.upperBound, inset: 0.03, "band"),
                box(0, observed, inset: 0.2, "observations"),
                box(observed, cell.work, inset: 0.2, "tiles"),
                frame.line(
                    (from + (to - from) * 0.08, y(cell.target / full)),
                    (to - (to - from) * 0.08, y(cell.target / full)), "target"),
            ])
    }

    private func description(of cell: PartLoad, _ name: String) -> String {
        "\(name): \(NumberText.grouped(cell.work)) core-hours"
            + " (\(NumberText.count(cell.observations, "observation", "observations")),"
            + " \(NumberText.count(cell.tiles, "tile", "tiles")));"
            + " target \(NumberText.grouped(cell.target)),"
            + " tolerated \(NumberText.grouped(cell.tolerated.lowerBound))"
            + " to \(NumberText.grouped(cell.tolerated.upperBound)),"
            + " capacity \(NumberText.grouped(cell.capacity))"
    }

    private func capacityLine() -> Fragment {
        var path = ""
        for part in parts.parts {
            let capacity = PartLoad(load, in: part, bands: bands).capacity
            let height = NumberText.coordinate(y(capacity / Self.full(sdc, part.window)))
            path +=
                path.isEmpty
                ? "M\(NumberText.coordinate(frame.x(part.window.start))) \(height)" : "V\(height)"
            path += "H\(NumberText.coordinate(frame.x(part.window.end)))"
        }
        return Fragment("path", ["d": path, "class": "capacity"])
    }
}
