import GroundSegment
import Markup
import Planning

/// What comes in or goes out at an SDC by bucket or month, by what is moved, against the most that
/// its line may carry (H6).
struct TransferChart {
    let found: SDCTransfers
    let direction: TransferDirection
    let buckets: Buckets
    /// The height of the scale, TB, the same for all SDCs.
    let most: Double

    /// What is moved, with the class of its bars.
    private static var kinds: [(name: String, style: String, volume: KeyPath<Volumes, Double>)] {
        [
            ("replicas", "observations", \.replicas), ("external data", "tiles", \.external),
            ("copies for MER", "mercopies", \.copies),
        ]
    }

    private typealias Volumes = SDCTransfers.Volumes

    /// The largest volume or limit of any SDC and part of the period, TB.
    static func most(_ all: [SDCTransfers], _ buckets: Buckets) -> Double {
        let parts = PeriodParts(buckets)
        let values = all.flatMap { found in
            TransferDirection.allCases.flatMap { direction in
                parts.sums(found.volumes(direction).map(\.sum))
                    + parts.sums((found.limits(direction) ?? []).map(\.value), of: buckets.count)
            }
        }
        return max(values.max() ?? 0, 1e-9)
    }

    func fragment() -> Fragment {
        let frame = ChartFrame(buckets: buckets, height: 90 + ChartFrame.axis, top: 14, bottom: 90)
        let parts = PeriodParts(buckets)
        let volumes = found.volumes(direction)
        let limits = found.limits(direction)
        let bars = parts.parts.map { part -> Fragment in
            let (from, to) = (frame.x(part.window.start), frame.x(part.window.end))
            let cells = volumes[part.buckets]
            var reached = 0.0
            var boxes: [Fragment] = []
            for kind in Self.kinds {
                let volume = cells.reduce(0) { $0 + $1[keyPath: kind.volume] }
                guard volume > 0 else { continue }
                let (low, high) = (frame.y(reached / most), frame.y((reached + volume) / most))
                boxes.append(
                    frame.rectangle(
                        from + (to - from) * 0.2, high, (to - from) * 0.6, low - high, kind.style))
                reached += volume
            }
            let limit = limits.map { $0[part.buckets].reduce(0) { $0 + $1.value } }
            let line = limit.map { limit in
                frame.line(
                    (from + (to - from) * 0.08, frame.y(limit / most)),
                    (to - (to - from) * 0.08, frame.y(limit / most)), "limit")
            }
            return Fragment(
                "g",
                [Fragment("title", .text(description(part.name, cells, limit)))] + boxes
                    + (line.map { [$0] } ?? []))
        }
        let sum = volumes.reduce(0) { $0 + $1.sum }
        return frame.drawing(
            "transfers", title: "Data \(direction.rawValue) at \(found.sdc) by \(parts.word)",
            summary: "\(NumberText.grouped(sum, 1)) TB in the period",
            [
                frame.level(0, "0"), frame.level(1, NumberText.grouped(most, most < 10 ? 1 : 0)),
                .group(bars), frame.dates(),
            ])
    }

    private func description(
        _ name: String, _ cells: ArraySlice<Volumes>, _ limit: Double?
    ) -> String {
        let parts = Self.kinds.map { kind in
            let volume = cells.reduce(0) { $0 + $1[keyPath: kind.volume] }
            return "\(NumberText.grouped(volume, 2)) TB \(kind.name)"
        }
        let most = limit.map { "at most \(NumberText.grouped($0, 2)) TB" } ?? "no limit"
        return "\(name): \(parts.joined(separator: ", ")); \(most)"
    }
}

extension PeriodParts {
    /// The sums of values that there are for every bucket; none where there are no values.
    fileprivate func sums(_ values: [Double], of count: Int) -> [Double] {
        values.count == count ? sums(values) : []
    }
}
