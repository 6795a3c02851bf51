public import GroundSegment

/// A planning case with everything numbered: what the linear program, the search and the bound
/// work on.
///
/// SDCs and buckets are meant by their places in the lists, items by their `ItemIndex`.
public struct Problem: Sendable {
    public let planningCase: PlanningCase
    /// The observations of the period.
    public let observations: [Observation]
    public let overlaps: Overlaps
    /// The observations and the tiles of `overlaps`, numbered, with when they arrive or are ready.
    public let items: PlannedItems
    /// What each item takes, core-hours, and its volume, TB.
    let work: ItemAmounts
    let volume: ItemAmounts
    /// Capacity in core-hours by SDC and bucket.
    public let capacity: [[Double]]
    /// Target share by SDC and bucket; a bucket's shares sum to 1, or to 0 in a total outage.
    public let share: [[Double]]
    /// What may come in and go out; `nil` where nothing is limited.
    let transferLimits: TransferLimits?
    /// What a tile at an SDC costs in external data.
    public let external: ExternalCosts
    /// What earlier plans bind.
    public let precedent: Precedent
    /// What overlaps each item: an observation's tiles, a tile's observations.
    let partners: Adjacency
    /// Where the base has the items; `nil` where nothing was planned before.
    let revision: Revision?
    /// The rules on single items, and which SDCs they leave each.
    let bindings: ItemBindings
    let allowed: AllowedSDCs

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
        let sdcs = planningCase.sdcs
        let spans = (0..<planningCase.buckets.count).map { planningCase.buckets[$0] }
        let observations = planningCase.survey.observations(in: planningCase.period)
        let items = PlannedItems(planningCase, observations: observations, overlaps: overlaps)
        let partners = Adjacency(items, overlaps)
        let revision =
            precedent.isNone
            ? nil
            : Revision(
                planningCase, inputs: PlanInputs(planningCase, items: items, partners: partners),
                partners: partners, precedent: precedent)
        let bindings = ItemBindings(
            sdcs: sdcs, rules: PlacementRules(planningCase.rules), items: items,
            frozen: revision?.frozen(sdcs) ?? [])
        self.init(
            planningCase: planningCase, observations: observations, overlaps: overlaps,
            items: items,
            capacity: sdcs.map { sdc in spans.map { sdc.capacity(over: $0).value } },
            share: Self.shares(of: sdcs, over: spans),
            external: ExternalCosts(
                tiles: overlaps.tiles, from: items.observationCount, sdcs: sdcs),
            precedent: precedent, partners: partners, revision: revision, bindings: bindings,
            allowed: bindings.allowed())
    }

    private init(
        planningCase: PlanningCase, observations: [Observation], overlaps: Overlaps,
        items: PlannedItems, capacity: [[Double]], share: [[Double]], external: ExternalCosts,
        precedent: Precedent, partners: Adjacency, revision: Revision?, bindings: ItemBindings,
        allowed: AllowedSDCs
    ) {
        self.planningCase = planningCase
        self.observations = observations
        self.overlaps = overlaps
        self.items = items
        work = .work(items, planningCase.processing)
        volume = .volume(items, planningCase.processing)
        self.capacity = capacity
        self.share = share
        transferLimits = TransferLimits(sdcs: planningCase.sdcs, buckets: planningCase.buckets)
        self.external = external
        self.precedent = precedent
        self.partners = partners
        self.revision = revision
        self.bindings = bindings
        self.allowed = allowed
    }

    /// The items that are left to decide on: all without a base, and otherwise those that a
    /// change of the inputs can reach.
    var openCount: Int {
        guard let revision else { return items.count }
        return items.indices.count {
            revision.mayMove[$0] || !allowed.permits($0, revision)
        }
    }

    /// Observations of a tile on average, those of earlier periods counted.
    var coverage: Double {
        let links = overlaps.links.count + overlaps.earlier.count
        return Double(links) / Double(max(1, tiles.count))
    }

    public var sdcs: [SDC] { planningCase.sdcs }
    public var tiles: [Tile] { overlaps.tiles }
    public var bucketCount: Int { planningCase.buckets.count }
    var processing: Processing { planningCase.processing }
    var balance: Balance { planningCase.balance }

    /// Capacity / sum of capacities in each bucket, by the rates of the SDCs.
    static func shares(of sdcs: [SDC], over spans: [TimeWindow]) -> [[Double]] {
        let rates = sdcs.map { sdc in
            spans.map { sdc.rate(over: $0) }
        }
        return rates.map { row in
            row.indices.map { bucket in
                row[bucket] / max(rates.reduce(0) { $0 + $1[bucket] }, 1e-9)
            }
        }
    }
}
