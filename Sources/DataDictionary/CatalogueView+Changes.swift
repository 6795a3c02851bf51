import Tables

extension CatalogueView {
    /// What each SDC is planned to get.
    public static let sdcLoad = CatalogueView(
        "sgs.sdc_load", "What the plans in force give to each SDC, by bucket.",
        [
            ViewColumn(.survey, .text), ViewColumn(.sdc, .text),
            ViewColumn(
                Column("starts", ucd: "time.start", description: "start of the bucket, UTC"),
                .timestamp),
            ViewColumn(
                Column("ends", ucd: "time.end", description: "end of the bucket, UTC, exclusive"),
                .timestamp),
            ViewColumn(
                Column(
                    "observations", ucd: "meta.number",
                    description: "observations that arrive at their primary SDC", type: .integer),
                .integer),
            ViewColumn(
                Column(
                    "tiles", ucd: "meta.number",
                    description: "tiles that become ready at their primary SDC", type: .integer),
                .integer),
            ViewColumn(.work, .double),
            ViewColumn(
                Column(
                    "capacity", unit: "h", ucd: "time.duration;stat.max",
                    description: "core-hours that the SDC can do, maintenance taken off",
                    type: .real), .double),
            ViewColumn(
                .volume.named("volume", description: "new data, both replicas counted"), .double),
            ViewColumn(.plan, .text), ViewColumn(.revision, .integer),
        ])

    /// How ownership changed, publication by publication.
    public static let changes = CatalogueView(
        "sgs.changes", "What each publication changed: new, moved and dropped items.",
        [
            ViewColumn(.survey, .text), ViewColumn(.revision, .integer),
            ViewColumn(.publishedAt, .timestamp), ViewColumn(.itemKind, .text),
            ViewColumn(.itemID, .text), ViewColumn(.validFrom, .timestamp),
            ViewColumn(
                .primary.named(
                    "previous_primary", description: "primary SDC before; empty for a new item"),
                .text),
            ViewColumn(
                .secondary.named(
                    "previous_secondary",
                    description: "secondary SDC before; empty for a new item"), .text),
            ViewColumn(
                .primary.named(
                    "primary_sdc", description: "primary SDC since; empty for a dropped item"),
                .text),
            ViewColumn(
                .secondary.named(
                    "secondary_sdc", description: "secondary SDC since; empty for a dropped item"),
                .text),
            ViewColumn(.cause, .text), ViewColumn(.plan, .text), ViewColumn(.digest, .text),
            ViewColumn(.author, .text), ViewColumn(.comment, .text),
        ])
}
