public import GroundSegment
public import Tables

/// The tables that a plan writes for scripts: assignments and overlaps.
///
/// Their columns are the ones that the catalogue's views show as well.
public enum PlanTables {
    /// The columns of assignments (DISTRIBUTION section 6).
    public static let assignmentColumns = [
        Column("kind", ucd: "meta.code.class", description: "observation or tile"),
        Column("id", ucd: "meta.id;meta.main", description: "identifier within the survey"),
        Column("primary", ucd: "meta.id", description: "primary SDC: it processes and stores"),
        Column("secondary", ucd: "meta.id", description: "secondary SDC: it stores the replica"),
        Column(
            "time", ucd: "time.epoch",
            description: "start of the observation, or when the tile is ready; ISO 8601, UTC"),
        Column(
            "ra", unit: "deg", ucd: "pos.eq.ra", description: "right ascension of the centre, ICRS",
            type: .real),
        Column(
            "dec", unit: "deg", ucd: "pos.eq.dec", description: "declination of the centre, ICRS",
            type: .real),
        Column("bucket", ucd: "time.interval", description: "first day of the bucket it counts in"),
        Column("work", unit: "h", description: "core-hours of processing", type: .real),
        Column("volume", unit: "TB", description: "volume of one replica", type: .real),
        Column(
            "copies_to", ucd: "meta.id",
            description: "SDCs that need a copy for the tile pipeline, joined by ;"),
        Column(
            "cause", ucd: "meta.code",
            description: "why it differs from the base: survey, maintenance, capacity, pin or free"),
    ]

    /// The columns of overlaps.
    public static let overlapColumns = [
        Column("observation", ucd: "meta.id", description: "identifier of the observation"),
        Column("tile", ucd: "meta.id", description: "identifier of the tile"),
        Column(
            "fraction", ucd: "obs.field;arith.ratio",
            description: "part of the tile's outer area that the observation covers", type: .real),
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
                .real(processing.observationWork.value), .real(processing.observationVolume.value),
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
                .text(distribution.buckets.name(entry.bucket)), .real(processing.tileWork.value),
                .real(processing.tileVolume.value), .text(""), .text(entry.cause?.rawValue ?? ""),
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
