import GroundSegment

/// What a distribution follows from, in one form for a plan that was made and for a problem that
/// is to be solved, so that the two can be compared.
struct PlanInputs: Sendable {
    /// An observation or a tile without its SDCs.
    struct Item: Sendable {
        let id: ItemID
        /// The class of an observation; empty for a tile.
        let kind: String
        /// When it arrives or is ready.
        let instant: MJD
        let bucket: Int
        /// The identifiers of what overlaps it, sorted.
        let partners: [String]

        var isObservation: Bool { id.kind == .observation }
    }

    let sdcs: [SDC]
    let buckets: Buckets
    let processing: Processing
    let balance: Balance
    let rules: PlacementRules
    /// Observations first, then tiles, each in the order of the plan.
    let items: [Item]
    let observationCount: Int

    init(_ plan: Plan) {
        let distribution = plan.distribution
        sdcs = distribution.sdcs
        buckets = distribution.buckets
        processing = distribution.processing
        balance = plan.balance
        rules = plan.rules
        var tilesOf: [ID<Observation>: [String]] = [:]
        for tile in distribution.tiles {
            for overlap in tile.overlaps {
                tilesOf[overlap.observation, default: []].append(tile.tile.id.text)
            }
        }
        observationCount = distribution.observations.count
        items =
            distribution.observations.map {
                Item(
                    id: .observation($0.observation.id), kind: $0.observation.kind,
                    instant: $0.arrival, bucket: $0.bucket,
                    partners: tilesOf[$0.observation.id, default: []].sorted())
            }
            + distribution.tiles.map {
                Item(
                    id: .tile($0.tile.id), kind: "", instant: $0.ready, bucket: $0.bucket,
                    partners: $0.overlaps.map(\.observation.text).sorted())
            }
    }

    init(_ problem: Problem) {
        let planningCase = problem.planningCase
        sdcs = planningCase.sdcs
        buckets = planningCase.buckets
        processing = planningCase.processing
        balance = planningCase.balance
        rules = PlacementRules(planningCase.rules)
        observationCount = problem.observations.count
        let observations = problem.observations.indices.map { index in
            Item(
                id: .observation(problem.observations[index].id),
                kind: problem.observations[index].kind, instant: problem.arrival[index],
                bucket: problem.observationBucket[index],
                partners: problem.tilesOf[index].map { problem.tiles[Int($0)].id.text }.sorted())
        }
        let tiles = problem.tiles.indices.map { index in
            Item(
                id: .tile(problem.tiles[index].id), kind: "", instant: problem.ready[index],
                bucket: problem.tileBucket[index],
                partners: problem.observationsOf[index].map {
                    problem.observations[Int($0)].id.text
                }.sorted())
        }
        items = observations + tiles
    }

    /// What the tolerances and the capacity allow, with other SDCs or items of other inputs.
    func bands(sdcs: [SDC]? = nil, items: [Item]? = nil) -> Bands {
        let items = items ?? self.items
        return Bands(
            sdcs: sdcs ?? self.sdcs, buckets: buckets, processing: processing, balance: balance,
            observationBucket: items.lazy.filter(\.isObservation).map(\.bucket),
            tileBucket: items.lazy.filter { !$0.isObservation }.map(\.bucket))
    }

    /// The SDCs that are in a full outage when an item arrives, of those in `known`.
    func outages(at instant: MJD, among known: Set<ID<SDC>>) -> [ID<SDC>] {
        sdcs.filter { known.contains($0.id) && $0.availability(at: instant) <= 0 }.map(\.id)
    }
}

extension Plan {
    /// The pairs of all items, observations first, as `PlanInputs` lists them.
    var assignments: [Assignment] {
        distribution.observations.map(\.assignment) + distribution.tiles.map(\.assignment)
    }
}
