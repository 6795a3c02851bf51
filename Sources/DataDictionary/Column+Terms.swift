public import Tables

/// The columns that several tables share: the planner's files, the catalogue's views and what the
/// service answers all describe a quantity in the same words.
extension Column {
    public static let survey = Column(
        "survey", ucd: "meta.id", description: "survey (mission); identifiers are unique within one"
    )
    public static let itemKind = Column(
        "kind", ucd: "meta.code.class", description: "observation or tile")
    public static let itemID = Column(
        "id", ucd: "meta.id;meta.main", description: "identifier within the survey")
    public static let observation = Column(
        "observation", ucd: "meta.id", description: "identifier of the observation")
    public static let tile = Column(
        "tile", ucd: "meta.id", description: "identifier of the tile")
    public static let sdc = Column("sdc", ucd: "meta.id", description: "Science Data Centre")
    public static let primary = Column(
        "primary", ucd: "meta.id", description: "primary SDC: it processes and stores")
    public static let secondary = Column(
        "secondary", ucd: "meta.id", description: "secondary SDC: it stores the replica")
    public static let cause = Column(
        "cause", ucd: "meta.code",
        description:
            "why it differs from the base: survey, maintenance, capacity, pin, failover or free")
    public static let copiesTo = Column(
        "copies_to", ucd: "meta.id",
        description: "SDCs that need a copy for the tile pipeline, joined by ;")
}

/// Places and times.
extension Column {
    public static let rightAscension = Column(
        "ra", unit: "deg", ucd: "pos.eq.ra", description: "right ascension of the centre, ICRS",
        type: .real)
    public static let declination = Column(
        "dec", unit: "deg", ucd: "pos.eq.dec", description: "declination of the centre, ICRS",
        type: .real)
    public static let time = Column(
        "time", ucd: "time.epoch",
        description: "start of the observation, or when the tile is ready; ISO 8601, UTC")
    public static let bucket = Column(
        "bucket", ucd: "time.interval", description: "first day of the bucket it counts in")
    public static let validFrom = Column(
        "valid_from", ucd: "time.start", description: "start of the ownership, UTC")
    public static let validUntil = Column(
        "valid_until", ucd: "time.end",
        description: "end of the ownership, UTC, exclusive; empty where no later plan ends it")
    public static let coveredFraction = Column(
        "fraction", ucd: "obs.field;arith.ratio",
        description: "part of the tile's outer area that the observation covers", type: .real)
}

/// Amounts.
extension Column {
    public static let work = Column(
        "work", unit: "h", ucd: "time.duration", description: "core-hours of processing",
        type: .real)
    public static let volume = Column(
        "volume", unit: "TB", ucd: "phys.size;meta.file", description: "volume of one replica",
        type: .real)
}

/// Where an answer comes from.
extension Column {
    public static let plan = Column("plan", ucd: "meta.id", description: "name of the plan")
    public static let revision = Column(
        "revision", ucd: "meta.version",
        description: "number of the plan's publication within the survey, from 1", type: .integer)
    public static let digest = Column(
        "digest", ucd: "meta.id", description: "SHA-256 of the plan's content, hexadecimal")
    public static let publishedAt = Column(
        "published_at", ucd: "time.release", description: "when the plan was published, UTC")
    public static let author = Column(
        "author", ucd: "meta.id.PI", description: "who published the plan")
    public static let comment = Column(
        "comment", ucd: "meta.note", description: "why the plan was published")
}
