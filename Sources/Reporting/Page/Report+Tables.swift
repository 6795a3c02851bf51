import GroundSegment
import Markup
import Planning

extension Report {
    /// What each SDC gets over the period.
    var centres: Fragment {
        let loads = plan.measures.loads
        let all = loads.reduce(0) { $0 + Self.capacity($1) }
        let cells = PlanCoverages.maps(plan.distribution).map(\.cellCount)
        let rows = zip(plan.distribution.sdcs, loads).enumerated().map { place, entry in
            row(entry.0, entry.1, place: place, ofAll: all, cells: cells[place])
        }
        return section(
            "The SDCs",
            [
                CaptionedTable(
                    caption: "What each SDC gets over the period",
                    header: [
                        "SDC", "Cores", "Share of capacity", "Work, core-hours", "Utilisation",
                        "Observations", "Tiles", "New data, TB", "Target, TB", "Off target",
                        "Storage filled", "Longest gap, days", "MOC cells",
                    ], rows: rows + [total(capacity: all, cells: cells.reduce(0, +))]
                ).fragment,
                paragraph(
                    "Observations and tiles are those whose primary the SDC is; new data are both"
                        + " replicas of them. T3 tolerates"
                        + " \(NumberText.percent(plan.balance.storage)) off target, T4 a gap of"
                        + " \(Self.days(plan.balance.gap)). MOC cells are those of its coverage"
                        + " map (order \(PlanCoverages.order)): the fewer, the more compact is"
                        + " what it owns."),
            ])
    }

    private static func capacity(_ load: SDCLoad) -> Double {
        load.buckets.reduce(0) { $0 + $1.capacity.value }
    }

    private static func work(_ load: SDCLoad) -> Double {
        load.buckets.reduce(0) { $0 + $1.work.value }
    }

    private func row(_ sdc: SDC, _ load: SDCLoad, place: Int, ofAll all: Double, cells: Int)
        -> CaptionedTable.Row
    {
        let (work, capacity) = (Self.work(load), Self.capacity(load))
        let filled = (sdc.occupied + load.newVolume).value / max(sdc.storage.value, 1e-9)
        let off = load.newVolume.value / max(load.targetVolume.value, 1e-9) - 1
        return CaptionedTable.Row([
            .coloured(sdc.id.text, colour: colours[place]),
            .number(NumberText.grouped(sdc.cores)),
            .number(NumberText.percent(capacity / max(all, 1e-9))),
            .number(NumberText.grouped(work)),
            .number(capacity > 0 ? NumberText.percent(work / capacity) : "–"),
            .number(NumberText.grouped(load.primaryObservations)),
            .number(NumberText.grouped(load.primaryTiles)),
            .number(NumberText.grouped(load.newVolume.value, 1)),
            .number(NumberText.grouped(load.targetVolume.value, 1)),
            .number(NumberText.signedPercent(off)), .number(NumberText.percent(filled)),
            .number(NumberText.grouped(load.longestGap, 2)), .number(NumberText.grouped(cells)),
        ])
    }

    private func total(capacity: Double, cells: Int) -> CaptionedTable.Row {
        let loads = plan.measures.loads
        let sdcs = plan.distribution.sdcs
        let volume = loads.reduce(0) { $0 + $1.newVolume.value }
        let target = loads.reduce(0) { $0 + $1.targetVolume.value }
        let filled = volume + sdcs.reduce(0) { $0 + $1.occupied.value }
        let storage = sdcs.reduce(0) { $0 + $1.storage.value }
        return CaptionedTable.Row(
            [
                .label("All"), .number(NumberText.grouped(sdcs.reduce(0) { $0 + $1.cores })),
                .number(NumberText.percent(1)),
                .number(NumberText.grouped(loads.reduce(0) { $0 + Self.work($1) })),
                .number(NumberText.percent(plan.measures.utilisation)),
                .number(NumberText.grouped(loads.reduce(0) { $0 + $1.primaryObservations })),
                .number(NumberText.grouped(loads.reduce(0) { $0 + $1.primaryTiles })),
                .number(NumberText.grouped(volume, 1)), .number(NumberText.grouped(target, 1)),
                .number("–"), .number(NumberText.percent(filled / max(storage, 1e-9))),
                .number(NumberText.grouped(plan.measures.longestGap, 2)),
                .number(NumberText.grouped(cells)),
            ], isTotal: true)
    }

    /// The files that the plan was made from.
    var inputFiles: Fragment {
        guard !inputs.isEmpty else {
            return section("Inputs", [paragraph("The input files are not recorded here.")])
        }
        let rows = inputs.map { file in
            CaptionedTable.Row([
                .label(file.name), .number(NumberText.grouped(file.bytes)), .text(file.sha256),
            ])
        }
        return section(
            "Inputs",
            [
                CaptionedTable(
                    caption: "Files read, relative to the case",
                    header: ["File", "Bytes", "SHA-256"], rows: rows
                ).fragment
            ])
    }
}
