import GroundSegment
import Markup
import Planning

extension Report {
    /// Each breach of a rule and each cell outside a tolerance by name, or that there is none.
    var outside: Fragment {
        let measures = plan.measures
        var content: [Fragment] = []
        if measures.violations.isEmpty {
            content.append(paragraph("✓ No hard rule is broken."))
        } else {
            content.append(
                paragraph("✗ This distribution must not be published. It breaks hard rules:"))
            content.append(Fragment("ul", measures.violations.map { Fragment("li", .text($0)) }))
        }
        if measures.outside.isEmpty {
            content.append(paragraph("✓ Every SDC is within its tolerances in every bucket."))
        } else {
            let cells = NumberText.count(measures.outside.count, "cell is", "cells are")
            content.append(paragraph("✗ \(cells) outside a tolerance:"))
            content.append(outsideTable)
        }
        content.append(rules)
        return section("Rules and what is outside", content)
    }

    /// Each rule with its room where there is least.
    private var rules: Fragment {
        let rows = RuleStanding.all(of: plan).map { rule in
            CaptionedTable.Row([
                .label("\(rule.name) (\(rule.code))"),
                .text(rule.broken == 0 ? "✓ kept" : "✗ broken \(NumberText.grouped(rule.broken))×"),
                .text(rule.tightest?.name ?? "–"), .number(rule.tightest?.value ?? "–"),
                .number(rule.tightest?.limit ?? "–"),
                .number(rule.tightest.map { NumberText.percent($0.slack) } ?? "–"),
            ])
        }
        return CaptionedTable(
            caption: "Each rule, and where it leaves least room; room is relative to the limit, or"
                + " to what is tolerated to either side of the target",
            header: ["Rule", "Standing", "Least room at", "Value", "Allowed", "Room"], rows: rows
        ).fragment
    }

    private var outsideTable: Fragment {
        let rows = plan.measures.outside.map { cell in
            CaptionedTable.Row([
                .label("\(Self.meaning(cell.tolerance)) (\(cell.tolerance.rawValue))"),
                .text(cell.sdc.text), .text(cell.bucket ?? "whole period"),
                .number(NumberText.grouped(cell.value, cell.tolerance == .observations ? 0 : 2)),
                .number(
                    "\(NumberText.grouped(cell.lower, 2)) to \(NumberText.grouped(cell.upper, 2))"),
                .number(NumberText.percent(cell.relativeExcess)),
            ])
        }
        return CaptionedTable(
            caption: "Cells outside a tolerance",
            header: ["Tolerance", "SDC", "Bucket", "Value", "Tolerated", "Excess"], rows: rows
        ).fragment
    }

    private static func meaning(_ tolerance: OutsideCell.Tolerance) -> String {
        switch tolerance {
        case .work: "Work, core-hours"
        case .observations: "Observations received"
        case .storage: "New data, TB"
        case .gap: "Longest gap, days"
        }
    }

    /// Where one tile or observation more, or less, would leave what the rules allow.
    var binding: Fragment {
        let edges = plan.measures.loads.map { EdgeCells($0, plan: plan) }
        let bound = zip(edges, plan.measures.loads).filter { !$0.0.isFree }
        guard !bound.isEmpty else {
            return section(
                "What binds",
                [paragraph("Nothing: every SDC could take or give a tile in every bucket.")])
        }
        let rows = bound.map { edge, load in
            CaptionedTable.Row([
                .label(edge.sdc.text), .text(names(edge.fullOfWork)),
                .text(names(edge.emptyOfWork)), .text(names(edge.fullOfObservations)),
                .text(names(edge.emptyOfObservations)),
                .text(edge.isFullOfData ? "full" : edge.isEmptyOfData ? "can give none" : "–"),
                .text(names(edge.atCapacity)),
            ])
        }
        return section(
            "What binds",
            [
                paragraph(
                    "Where a limit leaves no room: buckets in which one tile (of work, T1, and of"
                        + " capacity, H2) or one observation (T2) more, or one less, would leave"
                        + " what is allowed."),
                CaptionedTable(
                    caption: "Buckets at the edge of a rule, by SDC",
                    header: [
                        "SDC", "Work: full (T1)", "Work: can give none (T1)",
                        "Observations: full (T2)", "Observations: can give none (T2)",
                        "New data (T3)", "Capacity: full (H2)",
                    ], rows: rows
                ).fragment, bindingLines,
            ])
    }

    /// Buckets whose transfers leave no room for the smallest tile; nothing where no line is
    /// limited.
    private var bindingLines: Fragment {
        let distribution = plan.distribution
        guard distribution.sdcs.contains(where: \.hasTransferLimit) else { return [] }
        let least = distribution.tiles.map { distribution.processing.volume(of: $0).value }.min()
        let rows = plan.transfers.compactMap { found -> CaptionedTable.Row? in
            let full = TransferDirection.allCases.map { direction in
                zip(found.volumes(direction), found.limits(direction) ?? []).enumerated()
                    .filter { $0.element.0.sum + (least ?? 0) > $0.element.1.value }.map(\.offset)
            }
            guard full.contains(where: { !$0.isEmpty }) else { return nil }
            return CaptionedTable.Row(
                [.label(found.sdc.text)] + full.map { .text(names($0)) })
        }
        guard !rows.isEmpty else {
            return paragraph("No line binds: every SDC could send and take another tile (H6).")
        }
        return CaptionedTable(
            caption: "Buckets in which an SDC's line has no room for another tile (H6)",
            header: ["SDC", "In: full", "Out: full"], rows: rows
        ).fragment
    }

    /// `2 of 13: 01-04, 03-01`, without the days where they are many; a dash where there is none.
    private func names(_ places: [Int]) -> String {
        let buckets = plan.distribution.buckets
        guard !places.isEmpty else { return "–" }
        let count = "\(places.count) of \(buckets.count)"
        guard places.count <= 3 else { return count }
        return count + ": "
            + places.map {
                // A day is not broken over two lines.
                buckets.name($0).dropFirst(5).replacing("-", with: "\u{2011}")
            }.joined(separator: ", ")
    }
}
