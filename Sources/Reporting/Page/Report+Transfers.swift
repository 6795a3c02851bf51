import GroundSegment
import Markup
import Planning

extension Report {
    /// What each TB that is moved between SDCs is.
    var transfers: Fragment {
        let measures = plan.measures
        let needs = ExternalNeeds(plan.distribution)
        let distribution = plan.distribution
        let processing = distribution.processing
        let external = needs.surveys.map { survey in
            row(
                "External data, \(survey)",
                NumberText.count(needs.total(of: survey).tiles, "tile", "tiles"),
                needs.total(of: survey).volume)
        }
        let replicas =
            distribution.observations.reduce(Terabytes.zero) { $0 + processing.volume(of: $1) }
            + distribution.tiles.reduce(Terabytes.zero) { $0 + processing.volume(of: $1) }
        let rows =
            external + [
                row(
                    "Copies for MER", NumberText.count(measures.copyCount, "copy", "copies"),
                    measures.copyVolume),
                row("Moves of data that have arrived", "", measures.movedVolume),
                row("Cost", "", measures.cost, isTotal: true),
                row(
                    "Replicas at the secondaries",
                    NumberText.count(measures.observations + measures.tiles, "item", "items"),
                    replicas),
                row(
                    "Copies for failover",
                    NumberText.count(measures.failoverCopies, "copy", "copies"),
                    measures.failoverVolume),
            ]
        return section(
            "What is moved",
            [
                paragraph(transferText),
                CaptionedTable(
                    caption:
                        "Data moved between SDCs, TB; below the cost, what does not count in it",
                    header: ["What", "Number", "TB"], rows: rows
                ).fragment,
            ])
    }

    private var transferText: String {
        let measures = plan.measures
        let part = measures.cost > .zero ? measures.externalVolume / measures.cost : 0
        return "\(NumberText.grouped(measures.externalVolume.value, 2)) of the"
            + " \(NumberText.grouped(measures.cost.value, 2)) TB of the cost,"
            + " \(NumberText.percent(part)), are external data: ground surveys that the primary of"
            + " a tile needs and does not ingest. MER is the pipeline of"
            + " the tiles, in Euclid the one that merges the frames of all instruments and surveys"
            + " into a tile's images and catalogue. A copy for it is an observation's frames, taken"
            + " to an SDC that owns one of its tiles and has no replica of it. Replicas are the same"
            + " in every distribution; copies for failover are made only where an SDC is lost."
    }

    private func row(
        _ name: String, _ number: String, _ volume: Terabytes, isTotal: Bool = false
    ) -> CaptionedTable.Row {
        CaptionedTable.Row(
            [.label(name), .number(number), .number(NumberText.grouped(volume.value, 2))],
            isTotal: isTotal)
    }
}
