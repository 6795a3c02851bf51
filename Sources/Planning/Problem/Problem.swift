public import GroundSegment

/// A planning case with everything numbered: what the linear program, the search and the bound
/// work on.
///
/// SDCs, buckets, observations and tiles are meant by their places in the lists.
public struct Problem: Sendable {
    public let planningCase: PlanningCase
    /// The observations of the period.
    public let observations: [Observation]
    public let overlaps: Overlaps
    /// When each observation arrives, and when each tile is ready.
    public let arrival: [MJD]
    public let ready: [MJD]
    /// The bucket of each arrival and of each tile's readiness.
    public let observationBucket: [Int]
    public let tileBucket: [Int]
    /// Capacity in core-hours by SDC and bucket.
    public let capacity: [[Double]]
    /// Target share by SDC and bucket; a bucket's shares sum to 1, or to 0 in a total outage.
    public let share: [[Double]]
    /// What a tile at an SDC costs in external data.
    public let external: ExternalCosts
    /// Which SDCs the rules on single items allow.
    private(set) var allowed: AllowedSDCs
    let tilesOf: Adjacency
    let observationsOf: Adjacency
    /// What earlier plans bind.
    public let precedent: Precedent
    /// Where the base has the items; `nil` where nothing was planned before.
    private(set) var revision: Revision?

    /// The problem of `planningCase`, for its overlaps.
    public init(_ planningCase: PlanningCase, precedent: Precedent = .none) {
        self.init(
            planningCase,
            overlaps: Overlaps(
                observations: planningCase.survey.observations(in: planningCase.period),
                grid: planningCase.grid,
                earlier: precedent.history.observations.map(\.observation)),
            precedent: precedent)
    }

    /// The problem with overlaps that were computed before, with the same earlier observations.
    public init(_ planningCase: PlanningCase, overlaps: Overlaps, precedent: Precedent = .none) {
        self.planningCase = planningCase
        self.precedent = precedent
        self.overlaps = overlaps
        observations = planningCase.survey.observations(in: planningCase.period)
        let buckets = planningCase.buckets
        let arrival = observations.map { $0.window.end + planningCase.processing.latency }
        var ready = [MJD](repeating: MJD(-.infinity), count: overlaps.tiles.count)
        for link in overlaps.links {
            ready[link.tile] = max(ready[link.tile], arrival[link.observation])
        }
        self.arrival = arrival
        self.ready = ready
        observationBucket = arrival.map(buckets.index)
        tileBucket = ready.map(buckets.index)
        let spans = (0..<buckets.count).map { buckets[$0] }
        let capacity = planningCase.sdcs.map { sdc in spans.map { sdc.capacity(over: $0).value } }
        self.capacity = capacity
        share = Self.shares(of: planningCase.sdcs, over: spans)
        external = ExternalCosts(tiles: overlaps.tiles, sdcs: planningCase.sdcs)
        tilesOf = Adjacency(
            count: observations.count, pairs: overlaps.links.map { ($0.observation, $0.tile) })
        observationsOf = Adjacency(
            count: overlaps.tiles.count, pairs: overlaps.links.map { ($0.tile, $0.observation) })
        allowed = AllowedSDCs(
            planningCase, observations: observations, arrival: arrival, tiles: overlaps.tiles,
            ready: ready)
        if precedent.base != nil || !precedent.history.tiles.isEmpty {
            let revision = Revision(self, precedent: precedent)
            self.revision = revision
            allowed.freeze(revision)
        }
    }

    /// The items that are left to decide on: all without a base, and otherwise those that a
    /// change of the inputs can reach.
    var openCount: Int {
        guard let revision else { return observations.count + tiles.count }
        return revision.mayMove.indices.count {
            revision.mayMove[$0] || !allowed.permits($0, revision)
        }
    }

    public var sdcs: [SDC] { planningCase.sdcs }
    public var tiles: [Tile] { overlaps.tiles }
    public var bucketCount: Int { planningCase.buckets.count }
    var processing: Processing { planningCase.processing }
    var balance: Balance { planningCase.balance }

    /// Capacity / sum of capacities in each bucket, by the rates of the SDCs.
    static func shares(of sdcs: [SDC], over spans: [TimeWindow]) -> [[Double]] {
        let rates = sdcs.map { sdc in
            spans.map { sdc.cores * sdc.efficiency * sdc.meanAvailability(over: $0) }
        }
        return rates.map { row in
            row.indices.map { bucket in
                row[bucket] / max(rates.reduce(0) { $0 + $1[bucket] }, 1e-9)
            }
        }
    }
}
