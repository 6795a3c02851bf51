import GroundSegment
import Markup
import Planning

extension Report {
    /// What differs from the base: by cause, by SDC and bucket, item by item; nothing for a plan
    /// without one.
    var changes: Fragment {
        guard let base = plan.base else { return [] }
        let changed = changeRows
        guard !changed.isEmpty else {
            return section("Changes", [paragraph("None: this is the base, \(base.prefix(12)).")])
        }
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
                byCause(changed), byCell, items(changed),
            ])
    }

    /// An item that changed; what it had before where the base is at hand.
    private struct ChangeRow {
        let item: ItemID
        let bucket: String
        let before: Assignment?
        let after: Assignment?
        let cause: ChangeCause
    }

    private var changeRows: [ChangeRow] {
        if let difference {
            return difference.changes.map {
                ChangeRow(
                    item: $0.item, bucket: $0.bucket, before: $0.before, after: $0.after,
                    cause: $0.cause)
            }
        }
        let distribution = plan.distribution
        let observations = distribution.observations.compactMap { entry in
            entry.cause.map {
                ChangeRow(
                    item: .observation(entry.observation.id),
                    bucket: distribution.buckets.name(entry.bucket), before: nil,
                    after: entry.assignment, cause: $0)
            }
        }
        let tiles = distribution.tiles.compactMap { entry in
            entry.cause.map {
                ChangeRow(
                    item: .tile(entry.tile.id),
                    bucket: distribution.buckets.name(entry.bucket), before: nil,
                    after: entry.assignment, cause: $0)
            }
        }
        return observations + tiles
    }

    private func byCause(_ changes: [ChangeRow]) -> Fragment {
        func row(_ name: String, _ cause: ChangeCause?) -> CaptionedTable.Row {
            let mine = changes.filter { cause == nil || $0.cause == cause }
            return CaptionedTable.Row(
                [
                    .label(name),
                    .number(NumberText.grouped(mine.count { $0.item.kind == .observation })),
                    .number(NumberText.grouped(mine.count { $0.item.kind == .tile })),
                ], isTotal: cause == nil)
        }
        return CaptionedTable(
            caption: "Changes against the base by cause",
            header: ["Cause", "Observations", "Tiles"],
            rows: ChangeCause.allCases.filter { cause in
                cause != .failover || changes.contains { $0.cause == cause }
            }.map { row($0.rawValue, $0) } + [row("All", nil)]
        ).fragment
    }

    /// What each SDC gained and lost as primary, where the base is at hand.
    private var byCell: Fragment {
        guard let difference, !difference.cells.isEmpty else { return [] }
        func counts(_ counts: [ChangeCause: Int]) -> String {
            let parts = ChangeCause.allCases.compactMap { cause in
                counts[cause].map { "\(NumberText.grouped($0)) \(cause.rawValue)" }
            }
            return parts.isEmpty ? "–" : parts.joined(separator: ", ")
        }
        let rows = difference.cells.map { cell in
            CaptionedTable.Row([
                .label("\(cell.sdc) \(cell.bucket)"), .text(counts(cell.gained)),
                .text(counts(cell.lost)),
            ])
        }
        return Self.folded(
            "By SDC and bucket: \(NumberText.count(rows.count, "cell", "cells"))",
            CaptionedTable(
                caption: "Items that each SDC gained and lost as primary, by cause",
                header: ["SDC, bucket", "Gained", "Lost"], rows: rows))
    }

    private func items(_ changes: [ChangeRow]) -> Fragment {
        func name(_ assignment: Assignment?) -> String {
            assignment.map { "\($0.primary) / \($0.secondary)" } ?? "–"
        }
        let rows = changes.map { change in
            let before = base == nil ? "not at hand" : name(change.before)
            return CaptionedTable.Row([
                .label(change.item.description), .text(change.bucket), .text(before),
                .text(name(change.after)), .text(change.cause.rawValue),
            ])
        }
        return Self.folded(
            "Each item: \(NumberText.count(rows.count, "change", "changes"))",
            CaptionedTable(
                caption: "Primary / secondary of each item that changed; a dash where it was not or"
                    + " is no more",
                header: ["Item", "Bucket", "Before", "Now", "Cause"], rows: rows))
    }

    /// A long table, folded on screens.
    static func folded(_ summary: String, _ table: CaptionedTable) -> Fragment {
        Fragment("details", [Fragment("summary", .text(summary)), table.fragment])
    }
}
