public import GroundSegment

/// The number of an item of a problem or plan: observations from 0 in their order, then tiles in
/// theirs.  What is said of items one by one is in lists by this number.
public typealias ItemIndex = Int

/// The observations and tiles of a problem or plan in one list, observations first, without
/// anything that depends on the SDCs.
public struct PlannedItems: Sendable {
    public let ids: [ItemID]
    /// The class of an observation; empty for a tile.
    public let kinds: [String]
    /// The bucket of each arrival and of each tile's readiness.
    public let buckets: [Int]
    /// When each observation arrives and each tile is ready.
    public let instants: [MJD]
    public let observationCount: Int
    /// How many observations of the period overlap a tile; 0 for an observation.
    public let coverage: [Int]
    private let numbers: [ItemID: ItemIndex]

    /// - Parameters:
    ///   - observations: each with its arrival and bucket.
    ///   - tiles: each with when it is ready, its bucket and how many observations overlap it.
    init(
        observations: [(observation: Observation, arrival: MJD, bucket: Int)],
        tiles: [(id: ID<Tile>, ready: MJD, bucket: Int, coverage: Int)]
    ) {
        self.init(
            ids: observations.map { .observation($0.observation.id) } + tiles.map { .tile($0.id) },
            kinds: observations.map(\.observation.kind) + tiles.map { _ in "" },
            buckets: observations.map(\.bucket) + tiles.map(\.bucket),
            instants: observations.map(\.arrival) + tiles.map(\.ready),
            observationCount: observations.count,
            coverage: observations.map { _ in 0 } + tiles.map(\.coverage))
    }

    private init(
        ids: [ItemID], kinds: [String], buckets: [Int], instants: [MJD], observationCount: Int,
        coverage: [Int]
    ) {
        self.ids = ids
        self.kinds = kinds
        self.buckets = buckets
        self.instants = instants
        self.observationCount = observationCount
        self.coverage = coverage
        numbers = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
    }

    /// The items of a case's period: an observation arrives at its end and the latency, a tile is
    /// ready when its last observation of the period has arrived (DISTRIBUTION section 2).
    init(_ planningCase: PlanningCase, observations: [Observation], overlaps: Overlaps) {
        let buckets = planningCase.buckets
        let arrival = observations.map(planningCase.processing.arrival)
        var ready = [MJD](repeating: MJD(-.infinity), count: overlaps.tiles.count)
        var coverage = [Int](repeating: 0, count: overlaps.tiles.count)
        for link in overlaps.links {
            coverage[link.tile] += 1
            ready[link.tile] = max(ready[link.tile], arrival[link.observation])
        }
        self.init(
            observations: zip(observations, arrival).map { ($0, $1, buckets.index(of: $1)) },
            tiles: overlaps.tiles.indices.map { tile in
                (
                    overlaps.tiles[tile].id, ready[tile], buckets.index(of: ready[tile]),
                    coverage[tile]
                )
            })
    }

    /// The items of a distribution, in its order.
    init(_ distribution: Distribution) {
        self.init(
            observations: distribution.observations.map {
                ($0.observation, $0.arrival, $0.bucket)
            },
            tiles: distribution.tiles.map {
                ($0.tile.id, $0.ready, $0.bucket, $0.overlaps.count)
            })
    }

    public var count: Int { ids.count }
    public var indices: Range<ItemIndex> { 0..<count }
    /// The numbers of the observations, and of the tiles.
    public var observations: Range<ItemIndex> { 0..<observationCount }
    public var tiles: Range<ItemIndex> { observationCount..<count }

    public func isObservation(_ item: ItemIndex) -> Bool { item < observationCount }

    /// The number of an item, the first of equals; `nil` where it is none of these.
    public subscript(id: ItemID) -> ItemIndex? { numbers[id] }

    /// Some of the items in their order, in other buckets where `bucket` names one.
    func filtered(
        _ chosen: [ItemIndex], bucket: (ItemIndex) -> Int?
    ) -> PlannedItems {
        PlannedItems(
            ids: chosen.map { ids[$0] }, kinds: chosen.map { kinds[$0] },
            buckets: chosen.map { bucket($0) ?? buckets[$0] },
            instants: chosen.map { instants[$0] },
            observationCount: chosen.count(where: isObservation),
            coverage: chosen.map { coverage[$0] })
    }
}
