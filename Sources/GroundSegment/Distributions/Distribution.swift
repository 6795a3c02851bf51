/// The assignment of every observation and tile of a period, with what the catalogue and the
/// runners need to know about each.
public struct Distribution: Sendable, Hashable {
    /// The planning case's name.
    public let name: String
    public let survey: ID<SurveyPlan>
    public let buckets: Buckets
    /// The centres, sorted by identifier.
    public let sdcs: [SDC]
    public let processing: Processing
    /// Sorted by `Observation.precedes`.
    public let observations: [AssignedObservation]
    /// Sorted by identifier.
    public let tiles: [AssignedTile]

    public init(
        name: String, survey: ID<SurveyPlan>, buckets: Buckets, sdcs: [SDC],
        processing: Processing, observations: [AssignedObservation], tiles: [AssignedTile]
    ) {
        self.name = name
        self.survey = survey
        self.buckets = buckets
        self.sdcs = sdcs
        self.processing = processing
        self.observations = observations
        self.tiles = tiles
    }
}

/// An observation with its SDCs.
public struct AssignedObservation: Sendable, Hashable {
    public let observation: Observation
    /// When its data reach the ground segment.
    public let arrival: MJD
    /// Index of the bucket of its arrival.
    public let bucket: Int
    public let assignment: Assignment
    /// The SDCs that own one of its tiles and hold no replica of it: each needs a copy.
    public let copiesTo: [ID<SDC>]
    /// Why it differs from the base; `nil` where it does not or there is none.
    public let cause: ChangeCause?

    public init(
        observation: Observation, arrival: MJD, bucket: Int, assignment: Assignment,
        copiesTo: [ID<SDC>], cause: ChangeCause? = nil
    ) {
        self.observation = observation
        self.arrival = arrival
        self.bucket = bucket
        self.assignment = assignment
        self.copiesTo = copiesTo
        self.cause = cause
    }
}

/// A tile with its SDCs.
public struct AssignedTile: Sendable, Hashable {
    public let tile: Tile
    /// When the last of its observations of the period has arrived.
    public let ready: MJD
    /// Index of the bucket in which it is ready.
    public let bucket: Int
    public let assignment: Assignment
    /// The observations of the period that overlap it, in the distribution's order, each with
    /// the covered fraction of the outer area.
    public let overlaps: [TileOverlap]
    /// Why it differs from the base; `nil` where it does not or there is none.
    public let cause: ChangeCause?

    public init(
        tile: Tile, ready: MJD, bucket: Int, assignment: Assignment, overlaps: [TileOverlap],
        cause: ChangeCause? = nil
    ) {
        self.tile = tile
        self.ready = ready
        self.bucket = bucket
        self.assignment = assignment
        self.overlaps = overlaps
        self.cause = cause
    }
}

/// An observation that overlaps a tile.
public struct TileOverlap: Sendable, Hashable {
    public let observation: ID<Observation>
    /// The part of the tile's outer area that it covers, 0 to 1.
    public let fraction: Double

    public init(observation: ID<Observation>, fraction: Double) {
        self.observation = observation
        self.fraction = fraction
    }
}
