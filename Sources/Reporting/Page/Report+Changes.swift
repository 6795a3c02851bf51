import GroundSegment
import Markup
import Planning

extension Report {
    /// What differs from the base, by cause; nothing for a plan without one.
    var changes: Fragment {
        guard let base = plan.base else { return [] }
        let observations = plan.distribution.observations.map(\.cause)
        let tiles = plan.distribution.tiles.map(\.cause)
        let changed = (observations + tiles).count { $0 != nil }
        guard changed > 0 else {
            return section("Changes", [paragraph("None: this is the base, \(base.prefix(12)).")])
        }
        func row(_ name: String, _ test: (ChangeCause?) -> Bool, isTotal: Bool = false)
            -> CaptionedTable.Row
        {
            CaptionedTable.Row(
                [
                    .label(name), .number(NumberText.grouped(observations.count(where: test))),
                    .number(NumberText.grouped(tiles.count(where: test))),
                ], isTotal: isTotal)
        }
        let rows =
            ChangeCause.allCases.map { cause in row(cause.rawValue) { $0 == cause } }
            + [row("All", { $0 != nil }, isTotal: true)]
        let stability = Double(plan.measures.freeAssignments) * plan.weights.stability
        return section(
            "Changes",
            [
                paragraph(
                    "Items that are new or have other SDCs than in the base, \(base.prefix(12)), by"
                        + " cause. A free move has no cause but its gain; what free moves count for"
                        + " stability (S) is \(NumberText.grouped(stability, 2)) TB, what moves of"
                        + " data that have arrived cost (C3)"
                        + " \(NumberText.grouped(plan.measures.movedVolume.value, 2)) TB."),
                CaptionedTable(
                    caption: "Changes against the base by cause",
                    header: ["Cause", "Observations", "Tiles"], rows: rows
                ).fragment,
            ])
    }
}
