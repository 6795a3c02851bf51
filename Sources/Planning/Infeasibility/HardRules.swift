import GroundSegment

/// The hard rules of a case one by one: capacities, storages, transfers where they are limited,
/// then those on single items.
struct HardRules: Sendable {
    let planningCase: PlanningCase
    /// The observations of the period, in the order of `items`, though a change postpones some.
    let observations: [Observation]
    let items: PlannedItems
    let rules: [HardRule]
    /// What each item takes, core-hours, and its volume, TB.
    let work: ItemAmounts
    let volume: ItemAmounts
    /// By SDC and bucket, core-hours.
    let capacity: [[Double]]
    /// `nil` where no transfer is limited.
    let transferLimits: TransferLimits?
    /// What a tile at an SDC fetches of external data.
    let external: ExternalCosts
    private let frozen: [ItemBindings.Frozen]
    private let bindings: ItemBindings
    private let overlaps: Overlaps

    /// The rules of a problem.
    init(_ problem: Problem) {
        self.init(
            problem.planningCase, observations: problem.observations, overlaps: problem.overlaps,
            items: problem.items,
            frozen: problem.revision?.frozen(problem.sdcs) ?? [], bindings: problem.bindings,
            capacity: problem.capacity)
    }

    private init(
        _ planningCase: PlanningCase, observations: [Observation], overlaps: Overlaps,
        items: PlannedItems, frozen: [ItemBindings.Frozen], bindings: ItemBindings,
        capacity: [[Double]]
    ) {
        self.planningCase = planningCase
        self.observations = observations
        self.overlaps = overlaps
        self.items = items
        work = .work(items, planningCase.processing)
        volume = .volume(items, planningCase.processing)
        self.frozen = frozen
        self.bindings = bindings
        self.capacity = capacity
        transferLimits = TransferLimits(sdcs: planningCase.sdcs, buckets: planningCase.buckets)
        external = ExternalCosts(
            tiles: overlaps.tiles, from: items.observationCount, sdcs: planningCase.sdcs)
        var rules: [HardRule] = []
        for sdc in planningCase.sdcs {
            for bucket in 0..<planningCase.buckets.count {
                rules.append(.capacity(sdc.id, bucket: bucket))
            }
        }
        for sdc in planningCase.sdcs { rules.append(.storage(sdc.id)) }
        if transferLimits != nil {
            for sdc in planningCase.sdcs {
                for direction in TransferDirection.allCases {
                    for bucket in 0..<planningCase.buckets.count {
                        rules.append(.transfer(sdc.id, direction, bucket: bucket))
                    }
                }
            }
        }
        self.rules = rules + bindings.entries.map(\.rule)
    }

    /// The rules of the same items in the case with some changes.
    func changed(by changes: [CaseChange]) -> HardRules {
        changed(
            to: planningCase.applying(changes), postponing: CaseChange.postponed(by: changes))
    }

    /// The rules of the same items in a changed case.
    ///
    /// - Parameter days: by how much it has some observations later.
    func changed(
        to planningCase: PlanningCase, postponing days: [ID<Observation>: Int] = [:]
    ) -> HardRules {
        let spans = (0..<planningCase.buckets.count).map { planningCase.buckets[$0] }
        let observations =
            days.isEmpty
            ? self.observations : self.observations.map { $0.postponed(by: days[$0.id] ?? 0) }
        let items =
            days.isEmpty
            ? self.items
            : PlannedItems(planningCase, observations: observations, overlaps: overlaps)
        return HardRules(
            planningCase, observations: observations, overlaps: overlaps, items: items,
            frozen: frozen,
            bindings: ItemBindings(
                sdcs: planningCase.sdcs, rules: PlacementRules(planningCase.rules), items: items,
                frozen: frozen),
            capacity: planningCase.sdcs.map { sdc in
                spans.map { sdc.capacity(over: $0).value }
            })
    }

    /// The place of the rule on an SDC's capacity in a bucket.
    func capacityRule(_ sdc: Int, _ bucket: Int) -> Int {
        sdc * planningCase.buckets.count + bucket
    }

    /// The place of the rule on an SDC's storage.
    func storageRule(_ sdc: Int) -> Int {
        planningCase.sdcs.count * planningCase.buckets.count + sdc
    }

    /// The place of the rule on what comes in or goes out at an SDC in a bucket; there is one
    /// where any transfer is limited.
    func transferRule(_ sdc: Int, _ direction: TransferDirection, _ bucket: Int) -> Int {
        let row = 2 * sdc + (direction == .inward ? 0 : 1)
        return storageRule(planningCase.sdcs.count) + row * planningCase.buckets.count + bucket
    }

    /// The rules that bind single items.
    var itemRules: Range<Int> {
        let first = storageRule(planningCase.sdcs.count)
        let transfers =
            transferLimits == nil
            ? 0 : 2 * planningCase.sdcs.count * planningCase.buckets.count
        return first + transfers..<rules.count
    }

    /// What a rule on single items does.
    func binding(of rule: Int) -> ItemBindings.Entry {
        bindings.entries[rule - itemRules.lowerBound]
    }

    /// Every rule, for where all are to count.
    var everything: [Bool] { rules.map { _ in true } }

    /// The SDCs that `active` rules leave each item.
    func allowed(_ active: [Bool]) -> AllowedSDCs {
        let first = itemRules.lowerBound
        return bindings.allowed { active[first + $0] }
    }

    /// Whether less may come in or go out at an SDC in a bucket than under other rules.
    func moveLess(than other: HardRules, in bucket: Int) -> Bool {
        guard let limits = transferLimits, let others = other.transferLimits else { return false }
        let cells = bucket * planningCase.sdcs.count..<(bucket + 1) * planningCase.sdcs.count
        return TransferDirection.allCases.contains { direction in
            cells.contains { limits[direction][$0] < others[direction][$0] }
        }
    }
}
