import DataDictionary
public import GroundSegment
public import Tables

/// The tables that a plan writes for scripts: assignments and overlaps.
///
/// Their columns are the ones that the catalogue's views show as well.
public enum PlanTables {
    /// The columns of assignments (DISTRIBUTION section 6).
    public static let assignmentColumns: [Column] = [
        .itemKind, .itemID, .primary, .secondary, .time, .rightAscension, .declination, .bucket,
        .work, .volume, .copiesTo, .cause,
    ]

    /// The columns of overlaps.
    public static let overlapColumns: [Column] = [
        .observation, .tile, .coveredFraction,
    ]

    /// The assignments of `distribution`, observations first.
    public static func assignments(_ distribution: Distribution, as format: TableFormat) -> [UInt8]
    {
        let processing = distribution.processing
        var table = TableWriter(
            format, name: "assignments", columns: assignmentColumns,
            description: "Primary and secondary SDC of each observation and tile.")
        for entry in distribution.observations {
            let observation = entry.observation
            table.append([
                .text(ItemKind.observation.rawValue), .text(observation.id.text),
                .text(entry.assignment.primary.text), .text(entry.assignment.secondary.text),
                .text(observation.window.start.iso8601), .real(observation.centre.ra),
                .real(observation.centre.dec), .text(distribution.buckets.name(entry.bucket)),
                .real(processing.work(of: entry).value), .real(processing.volume(of: entry).value),
                .text(entry.copiesTo.map(\.text).joined(separator: ";")),
                .text(entry.cause?.rawValue ?? ""),
            ])
        }
        for entry in distribution.tiles {
            table.append([
                .text(ItemKind.tile.rawValue), .text(entry.tile.id.text),
                .text(entry.assignment.primary.text), .text(entry.assignment.secondary.text),
                .text(entry.ready.iso8601), .real(entry.tile.centre.ra),
                .real(entry.tile.centre.dec),
                .text(distribution.buckets.name(entry.bucket)),
                .real(processing.work(of: entry).value), .real(processing.volume(of: entry).value),
                .text(""), .text(entry.cause?.rawValue ?? ""),
            ])
        }
        return table.finish()
    }

    /// The overlaps of `distribution`, by tile.
    public static func overlaps(_ distribution: Distribution, as format: TableFormat) -> [UInt8] {
        var table = TableWriter(
            format, name: "overlaps", columns: overlapColumns,
            description: "Which observations overlap which tiles.")
        for entry in distribution.tiles {
            for overlap in entry.overlaps {
                table.append([
                    .text(overlap.observation.text), .text(entry.tile.id.text),
                    .real(overlap.fraction),
                ])
            }
        }
        return table.finish()
    }
}
