import GroundSegment
import Markup
import Planning

/// The work of one SDC by bucket against its capacity, its target and the tolerance, with
/// maintenance shaded in true time.
///
/// Heights are relative to what the SDC can do at full availability, so that the charts of a
/// plan have one scale.
struct LoadChart {
    private let sdc: SDC
    private let load: SDCLoad
    private let buckets: Buckets
    private let processing: Processing
    private let bands: ToleranceBands
    /// The height of the scale, a multiple of full capacity.
    private let top: Double

    private static let size = (width: 400.0, height: 170.0)
    private static let frame = (left: 40.0, right: 388.0, top: 18.0, bottom: 148.0)

    init(_ load: SDCLoad, of sdc: SDC, plan: Plan, bands: ToleranceBands, top: Double) {
        self.sdc = sdc
        self.load = load
        self.bands = bands
        self.top = top
        buckets = plan.distribution.buckets
        processing = plan.distribution.processing
    }

    /// The height of a scale that holds the work and the capacity of all SDCs.
    static func top(_ plan: Plan) -> Double {
        let buckets = plan.distribution.buckets
        let highest =
            zip(plan.distribution.sdcs, plan.measures.loads).flatMap { sdc, load in
                load.buckets.enumerated().map { $1.work.value / full(sdc, buckets[$0]) }
            }.max() ?? 1
        return max(1, (highest * 4).rounded(.up) / 4)
    }

    private static func full(_ sdc: SDC, _ span: TimeWindow) -> Double {
        max(sdc.cores * sdc.efficiency * span.days * 24, 1e-9)
    }

    func fragment() -> Fragment {
        let id = "load-\(load.sdc.text)"
        let work = load.buckets.reduce(0) { $0 + $1.work.value }
        let capacity = load.buckets.reduce(0) { $0 + $1.capacity.value }
        let summary =
            "\(NumberText.grouped(work)) of \(NumberText.grouped(capacity)) core-hours in"
            + " \(NumberText.count(buckets.count, "bucket", "buckets"));"
            + " \(NumberText.count(maintenance.count, "maintenance window", "maintenance windows"))"
        return Fragment(
            "svg",
            [
                "viewBox": "0 0 \(Int(Self.size.width)) \(Int(Self.size.height))", "role": "img",
                "class": "load", "aria-label": "\(id): \(summary)",
            ],
            [
                Fragment("title", "Work of \(load.sdc.text) by bucket"),
                Fragment("desc", .text(summary)), shades(), scale(),
                .group(load.buckets.indices.map(bar)), capacityLine(), days(),
            ])
    }

    private var maintenance: [MaintenanceWindow] {
        sdc.maintenance.filter { $0.window.intersection(buckets.period) != nil }
    }

    private func x(_ instant: MJD) -> Double {
        let part = (instant - buckets.period.start) / max(buckets.period.days, 1e-9)
        return Self.frame.left + part * (Self.frame.right - Self.frame.left)
    }

    /// The height of a part of full capacity; what the scale does not hold is cut.
    private func y(_ ratio: Double) -> Double {
        let part = min(max(ratio / top, 0), 1)
        return Self.frame.bottom - part * (Self.frame.bottom - Self.frame.top)
    }

    private func shades() -> Fragment {
        var reached = -Double.infinity
        return .group(
            maintenance.map { window in
                guard let span = window.window.intersection(buckets.period) else { return [] }
                let (from, to) = (x(span.start), x(span.end))
                let available = NumberText.percent(window.availability, 0)
                let title =
                    "\(window.summary.isEmpty ? "Maintenance" : window.summary): \(available)"
                    + " available, \(window.window.start) to \(window.window.end)"
                let shade = rectangle(
                    from, Self.frame.top, max(to - from, 1.5),
                    Self.frame.bottom - Self.frame.top, "outage", title)
                let middle = (from + to) / 2
                guard middle - reached > 30 else { return shade }
                reached = middle
                return [shade, text(middle, Self.frame.top - 4, "middle", available)]
            })
    }

    private func scale() -> Fragment {
        .group(
            stride(from: 0.0, through: top + 1e-9, by: top > 1.5 ? 0.5 : 0.25).map { ratio in
                let height = NumberText.coordinate(y(ratio))
                return [
                    Fragment(
                        "line",
                        [
                            "x1": NumberText.coordinate(Self.frame.left),
                            "x2": NumberText.coordinate(Self.frame.right), "y1": height,
                            "y2": height, "class": "grid",
                        ]),
                    text(Self.frame.left - 4, y(ratio) + 3, "end", NumberText.percent(ratio, 0)),
                ]
            })
    }

    /// The tolerance band, the work in its two parts and the target's mark of a bucket.
    private func bar(_ bucket: Int) -> Fragment {
        let cell = load.buckets[bucket]
        let span = buckets[bucket]
        let full = Self.full(sdc, span)
        let (from, to) = (x(span.start), x(span.end))
        let observed = Double(cell.observations) * processing.observationWork.value
        let band = bands.work(cell)
        func box(_ lower: Double, _ upper: Double, inset: Double, _ name: String) -> Fragment {
            let (high, low) = (y(upper / full), y(lower / full))
            let margin = (to - from) * inset
            return rectangle(from + margin, high, to - from - 2 * margin, low - high, name)
        }
        return Fragment(
            "g",
            [
                Fragment("title", .text(description(of: bucket))),
                box(band.lowerBound, band.upperBound, inset: 0.03, "band"),
                box(0, observed, inset: 0.2, "observations"),
                box(observed, cell.work.value, inset: 0.2, "tiles"),
                Fragment(
                    "line",
                    [
                        "x1": NumberText.coordinate(from + (to - from) * 0.08),
                        "x2": NumberText.coordinate(to - (to - from) * 0.08),
                        "y1": NumberText.coordinate(y(cell.target.value / full)),
                        "y2": NumberText.coordinate(y(cell.target.value / full)),
                        "class": "target",
                    ]),
            ])
    }

    private func description(of bucket: Int) -> String {
        let cell = load.buckets[bucket]
        let band = bands.work(cell)
        return "\(buckets.name(bucket)): \(NumberText.grouped(cell.work.value)) core-hours"
            + " (\(NumberText.count(cell.observations, "observation", "observations")),"
            + " \(NumberText.count(cell.tiles, "tile", "tiles")));"
            + " target \(NumberText.grouped(cell.target.value)),"
            + " tolerated \(NumberText.grouped(max(0, band.lowerBound)))"
            + " to \(NumberText.grouped(band.upperBound)),"
            + " capacity \(NumberText.grouped(cell.capacity.value))"
    }

    private func capacityLine() -> Fragment {
        var path = ""
        for (bucket, cell) in load.buckets.enumerated() {
            let span = buckets[bucket]
            let height = NumberText.coordinate(y(cell.capacity.value / Self.full(sdc, span)))
            path +=
                bucket == 0 ? "M\(NumberText.coordinate(x(span.start))) \(height)" : "V\(height)"
            path += "H\(NumberText.coordinate(x(span.end)))"
        }
        return Fragment("path", ["d": path, "class": "capacity"])
    }

    /// The first days of some buckets, the first with its year.
    private func days() -> Fragment {
        let step = max(1, (buckets.count + 5) / 6)
        return .group(
            stride(from: 0, to: buckets.count, by: step).map { bucket in
                let at = x(buckets[bucket].start)
                let name = buckets.name(bucket)
                let mark = Fragment(
                    "line",
                    [
                        "x1": NumberText.coordinate(at), "x2": NumberText.coordinate(at),
                        "y1": NumberText.coordinate(Self.frame.bottom),
                        "y2": NumberText.coordinate(Self.frame.bottom + 4), "class": "axis",
                    ])
                guard bucket > 0 else {
                    return [mark, text(at - 20, Self.frame.bottom + 15, "start", name)]
                }
                return [
                    mark,
                    text(at, Self.frame.bottom + 15, "middle", String(name.dropFirst(5))),
                ]
            })
    }

    private func text(_ x: Double, _ y: Double, _ anchor: String, _ text: String) -> Fragment {
        Fragment(
            "text",
            [
                "x": NumberText.coordinate(x), "y": NumberText.coordinate(y),
                "text-anchor": anchor,
            ], .text(text))
    }

    private func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ name: String,
        _ title: String? = nil
    ) -> Fragment {
        Fragment(
            "rect",
            [
                "x": NumberText.coordinate(x), "y": NumberText.coordinate(y),
                "width": NumberText.coordinate(max(0, width)),
                "height": NumberText.coordinate(max(0, height)), "class": name,
            ], title.map { Fragment("title", .text($0)) } ?? [])
    }
}
