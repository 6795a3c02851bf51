import GroundSegment

/// What a distribution follows from, in one form for a plan that was made and for a case that is
/// to be planned, so that the two can be compared.
struct PlanInputs: Sendable {
    let sdcs: [SDC]
    let buckets: Buckets
    let processing: Processing
    let balance: Balance
    let rules: PlacementRules
    let items: PlannedItems
    /// By item the identifiers of what overlaps it, sorted.
    let partners: [[String]]

    private init(
        sdcs: [SDC], buckets: Buckets, processing: Processing, balance: Balance,
        rules: PlacementRules, items: PlannedItems, partners: [[String]]
    ) {
        self.sdcs = sdcs
        self.buckets = buckets
        self.processing = processing
        self.balance = balance
        self.rules = rules
        self.items = items
        self.partners = partners
    }

    init(_ plan: Plan) {
        let distribution = plan.distribution
        var tilesOf: [ID<Observation>: [String]] = [:]
        for tile in distribution.tiles {
            for overlap in tile.overlaps {
                tilesOf[overlap.observation, default: []].append(tile.tile.id.text)
            }
        }
        self.init(
            sdcs: distribution.sdcs, buckets: distribution.buckets,
            processing: distribution.processing, balance: plan.balance, rules: plan.rules,
            items: PlannedItems(distribution),
            partners: distribution.observations.map {
                tilesOf[$0.observation.id, default: []].sorted()
            } + distribution.tiles.map { $0.overlaps.map(\.observation.text).sorted() })
    }

    init(_ planningCase: PlanningCase, items: PlannedItems, partners: Adjacency) {
        self.init(
            sdcs: planningCase.sdcs, buckets: planningCase.buckets,
            processing: planningCase.processing, balance: planningCase.balance,
            rules: PlacementRules(planningCase.rules), items: items,
            partners: items.indices.map { item in
                partners[item].map { items.ids[Int($0)].text }.sorted()
            })
    }

    /// The same with some of the items alone, in other buckets where `bucket` names one.
    func filtered(_ chosen: [ItemIndex], bucket: (ItemIndex) -> Int?) -> PlanInputs {
        let kept = Set(chosen.map { items.ids[$0] })
        return PlanInputs(
            sdcs: sdcs, buckets: buckets, processing: processing, balance: balance, rules: rules,
            items: items.filtered(chosen, bucket: bucket),
            partners: chosen.map { item in
                let kind: ItemKind = items.isObservation(item) ? .tile : .observation
                return partners[item].filter { kept.contains(ItemID(kind: kind, id: $0)) }
            })
    }

    /// What the tolerances and the capacity allow, with other SDCs or items of other inputs.
    func bands(sdcs: [SDC]? = nil, items: PlannedItems? = nil) -> Bands {
        Bands(
            sdcs: sdcs ?? self.sdcs, buckets: buckets, processing: processing, balance: balance,
            items: items ?? self.items)
    }

    /// What pins and prohibitions bind each item to, those that any binds.
    var bindings: [ItemIndex: ItemBinding] {
        ItemBindings(sdcs: sdcs, rules: rules, items: items).byItem
    }

    /// The SDCs that are in a full outage when an item arrives, of those in `known`.
    func outages(at instant: MJD, among known: Set<ID<SDC>>) -> [ID<SDC>] {
        sdcs.filter { known.contains($0.id) && $0.availability(at: instant) <= 0 }.map(\.id)
    }
}

extension Plan {
    /// The SDCs of all items.
    var assignments: [Assignment] {
        distribution.observations.map(\.assignment) + distribution.tiles.map(\.assignment)
    }
}
