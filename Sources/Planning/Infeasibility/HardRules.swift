import GroundSegment

/// The hard rules of a case one by one: capacities, storages, then those on single items.
struct HardRules: Sendable {
    let planningCase: PlanningCase
    let items: PlannedItems
    let rules: [HardRule]
    /// By SDC and bucket, core-hours.
    let capacity: [[Double]]
    private let frozen: [ItemBindings.Frozen]
    private let bindings: ItemBindings

    /// The rules of a problem.
    init(_ problem: Problem) {
        self.init(
            problem.planningCase, items: problem.items,
            frozen: problem.revision?.frozen(problem.sdcs) ?? [], bindings: problem.bindings,
            capacity: problem.capacity)
    }

    private init(
        _ planningCase: PlanningCase, items: PlannedItems, frozen: [ItemBindings.Frozen],
        bindings: ItemBindings, capacity: [[Double]]
    ) {
        self.planningCase = planningCase
        self.items = items
        self.frozen = frozen
        self.bindings = bindings
        self.capacity = capacity
        var rules: [HardRule] = []
        for sdc in planningCase.sdcs {
            for bucket in 0..<planningCase.buckets.count {
                rules.append(.capacity(sdc.id, bucket: bucket))
            }
        }
        for sdc in planningCase.sdcs { rules.append(.storage(sdc.id)) }
        self.rules = rules + bindings.entries.map(\.rule)
    }

    /// The rules of the same items in a changed case.
    func changed(to planningCase: PlanningCase) -> HardRules {
        let spans = (0..<planningCase.buckets.count).map { planningCase.buckets[$0] }
        return HardRules(
            planningCase, items: items, frozen: frozen,
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

    /// The rules that bind single items.
    var itemRules: Range<Int> { storageRule(planningCase.sdcs.count)..<rules.count }

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
}
