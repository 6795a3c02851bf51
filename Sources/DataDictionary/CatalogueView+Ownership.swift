import Tables

extension CatalogueView {
    /// Who owns which tile, when, as far as is known now.
    public static let tileOwnership = CatalogueView(
        "sgs.tile_ownership", "Primary and secondary SDC of each tile over time, as known now.",
        [
            ViewColumn(.survey, .text),
            ViewColumn(.tile.with(ucd: "meta.id;meta.main"), .text),
        ] + owners + [
            ViewColumn(.rightAscension.with(ucd: "pos.eq.ra;meta.main"), .double),
            ViewColumn(.declination.with(ucd: "pos.eq.dec;meta.main"), .double),
            edge("west", "pos.eq.ra;stat.min", "western edge of the inner area or its box, ICRS"),
            edge(
                "east", "pos.eq.ra;stat.max",
                "eastern edge; beyond 360 where the box crosses right ascension 0"),
            edge("south", "pos.eq.dec;stat.min", "southern edge"),
            edge("north", "pos.eq.dec;stat.max", "northern edge"),
        ] + source)

    /// Who owns which observation, when, as far as is known now.
    public static let observationOwnership = CatalogueView(
        "sgs.observation_ownership",
        "Primary and secondary SDC of each observation over time, as known now.",
        [
            ViewColumn(.survey, .text),
            ViewColumn(.observation.with(ucd: "meta.id;meta.main"), .text),
        ] + owners + [
            ViewColumn(
                Column(
                    "starts", ucd: "time.start;obs.exposure",
                    description: "start of the observation, UTC"), .timestamp),
            ViewColumn(
                Column(
                    "ends", ucd: "time.end;obs.exposure",
                    description: "end of the observation, UTC"), .timestamp),
            ViewColumn(.rightAscension.with(ucd: "pos.eq.ra;meta.main"), .double),
            ViewColumn(.declination.with(ucd: "pos.eq.dec;meta.main"), .double),
            ViewColumn(
                Column(
                    "class", ucd: "meta.code.class",
                    description: "the survey's own class of observation; may be empty"), .text),
        ] + source)

    private static let owners = [
        ViewColumn(.primary.named("primary_sdc"), .text),
        ViewColumn(.secondary.named("secondary_sdc"), .text),
        ViewColumn(.validFrom, .timestamp),
        ViewColumn(.validUntil, .timestamp),
    ]

    private static let source = [
        ViewColumn(.cause, .text), ViewColumn(.plan, .text), ViewColumn(.revision, .integer),
        ViewColumn(.digest, .text), ViewColumn(.publishedAt, .timestamp),
    ]

    private static func edge(_ name: String, _ ucd: String, _ text: String) -> ViewColumn {
        ViewColumn(
            Column(name, unit: "deg", ucd: ucd, description: text, type: .real), .double)
    }
}

extension Column {
    /// The same column with another content descriptor.
    fileprivate func with(ucd: String) -> Column {
        Column(
            name, unit: unit, ucd: ucd, utype: utype, description: description, type: type)
    }
}
