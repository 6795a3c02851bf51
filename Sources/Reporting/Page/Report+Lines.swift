import GroundSegment
import Markup
import Planning

extension Report {
    /// What comes in and goes out at each SDC against what its line may carry (H6); nothing where
    /// no line is limited.
    var lines: Fragment {
        let sdcs = plan.distribution.sdcs
        guard sdcs.contains(where: \.hasTransferLimit) else { return [] }
        let all = plan.transfers
        let buckets = plan.distribution.buckets
        let most = TransferChart.most(all, buckets)
        let figures = zip(sdcs, all).enumerated().map { place, entry in
            let (sdc, found) = entry
            return CaptionedFigure(
                title: Fragment(
                    "p", ["class": "title"],
                    [
                        swatch(place), .text(" "), Fragment("b", .text(sdc.id.text)),
                        .text(" " + Self.rates(sdc)),
                    ]),
                drawing: Fragment(
                    "div", ["class": "panels"],
                    TransferDirection.allCases.map { direction in
                        Fragment(
                            "div",
                            [
                                Fragment(
                                    "p",
                                    Fragment(
                                        "small",
                                        .text(
                                            direction == .inward ? "Coming in, TB" : "Going out, TB"
                                        ))),
                                TransferChart(
                                    found: found, direction: direction, buckets: buckets, most: most
                                ).fragment(),
                            ])
                    }),
                caption: "The line across is the most that may be moved.",
                finding: Self.finding(found, buckets),
                numbers: [Self.numbers(found, buckets)], isWide: false
            ).fragment
        }
        return section(
            "What the lines carry", [paragraph(Self.linesText), lineKey] + figures)
    }

    private static var linesText: String {
        "What is moved between SDCs by bucket, on one scale for all SDCs: replicas go from the"
            + " primary of an observation or tile to its secondary, copies for MER to the owners of"
            + " tiles, and external data come in to the primaries of tiles. A line may carry its"
            + " rate times 0.45 TB an hour for each Gbit/s, while the SDC is available (H6). A copy"
            + " counts in the bucket in which the first tile that needs it is ready."
    }

    private var lineKey: Fragment {
        let entries = [
            ("observations", "replicas"), ("tiles", "external data"),
            ("mercopies", "copies for MER"), ("capacity", "the most that may be moved"),
        ]
        return Fragment(
            "ul", ["class": "legend"],
            entries.map { name, text in
                Fragment("li", [Fragment("span", ["class": "swatch \(name)"]), .text(" " + text)])
            })
    }

    private static func rates(_ sdc: SDC) -> String {
        func text(_ rate: Double?) -> String {
            rate.map { "\(NumberText.short($0)) Gbit/s" } ?? "no limit"
        }
        return "in \(text(sdc.ingress)), out \(text(sdc.egress))"
    }

    /// Where each direction is used most: `In: most in the bucket of 2027-02-01, 4.1 of 4.5 TB.`
    private static func finding(_ found: SDCTransfers, _ buckets: Buckets) -> String {
        TransferDirection.allCases.compactMap { direction -> String? in
            guard let limits = found.limits(direction) else { return nil }
            let uses = zip(found.volumes(direction), limits).map { volume, limit in
                limit > .zero ? volume.sum / limit.value : volume.sum > 0 ? Double.infinity : 0
            }
            guard let place = uses.indices.max(by: { (uses[$0], $1) < (uses[$1], $0) }) else {
                return nil
            }
            return "\(direction == .inward ? "In" : "Out"): most in the bucket of"
                + " \(buckets.name(place)), \(NumberText.grouped(found.volumes(direction)[place].sum, 2))"
                + " of \(NumberText.grouped(limits[place].value, 2)) TB."
        }.joined(separator: " ")
    }

    private static func numbers(_ found: SDCTransfers, _ buckets: Buckets) -> CaptionedTable {
        func cells(_ direction: TransferDirection, _ bucket: Int) -> [CaptionedTable.Row.Cell] {
            let volumes = found.volumes(direction)[bucket]
            let limit = found.limits(direction).map { NumberText.grouped($0[bucket].value, 2) }
            let kinds =
                [volumes.replicas, volumes.copies]
                + (direction == .inward ? [volumes.external] : []) + [volumes.sum]
            return kinds.map { .number(NumberText.grouped($0, 2)) } + [.number(limit ?? "–")]
        }
        let rows = (0..<buckets.count).map { bucket in
            CaptionedTable.Row(
                [.label(buckets.name(bucket).replacing("-", with: "\u{2011}"))]
                    + cells(.inward, bucket) + cells(.outward, bucket))
        }
        return CaptionedTable(
            caption: "\(found.sdc) by bucket: TB that come in and go out, and the most",
            header: [
                "Bucket", "Replicas in", "Copies in", "External", "In", "Most in", "Replicas out",
                "Copies out", "Out", "Most out",
            ], rows: rows)
    }
}
