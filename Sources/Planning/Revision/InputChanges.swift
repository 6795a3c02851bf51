import GroundSegment

/// Which items are themselves no longer what they were in the base, and why (DISTRIBUTION
/// section 5): the causes that need no look at anything else.
struct InputChanges: Sendable {
    /// The place in the base of each item; `nil` where it is new.
    let earlier: [Int?]
    /// Why an item is not what it was; `nil` where it is.
    let own: [ChangeCause?]
    /// Places in the base of the items that are no longer there.
    let dropped: [Int]

    /// - Parameter assignments: the pairs of the base's items, in its order.
    init(from base: PlanInputs, assignments: [Assignment], to inputs: PlanInputs) {
        let place = Dictionary(
            base.items.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        earlier = inputs.items.map { place[$0.id] }
        let comparison = ItemComparison(from: base, to: inputs)
        own = zip(inputs.items, earlier).map { item, index in
            guard let index else { return .survey }
            return comparison.cause(base.items[index], assignments[index], item)
        }
        let kept = Set(earlier.compactMap { $0 })
        dropped = base.items.indices.filter { !kept.contains($0) }
    }
}

/// Compares single items of a base with those of new inputs.
private struct ItemComparison {
    private let base: PlanInputs
    private let inputs: PlanInputs
    private let rulesBefore: ItemRuleIndex
    private let rulesNow: ItemRuleIndex
    private let names: Set<ID<SDC>>
    /// The SDCs that both have.
    private let common: Set<ID<SDC>>

    init(from base: PlanInputs, to inputs: PlanInputs) {
        self.base = base
        self.inputs = inputs
        rulesBefore = ItemRuleIndex(base.rules)
        rulesNow = ItemRuleIndex(inputs.rules)
        names = Set(inputs.sdcs.map(\.id))
        common = names.intersection(base.sdcs.map(\.id))
    }

    func cause(
        _ before: PlanInputs.Item, _ assignment: Assignment, _ now: PlanInputs.Item
    ) -> ChangeCause? {
        let binding = rulesNow.binding(now)
        if !binding.permits(assignment) || binding != rulesBefore.binding(before) { return .pin }
        if base.buckets[before.bucket] != inputs.buckets[now.bucket]
            || before.partners != now.partners
        {
            return .survey
        }
        if now.isObservation {
            let outages = base.outages(at: before.instant, among: common)
            if inputs.outages(at: now.instant, among: common) != outages {
                return inputs.outages(at: before.instant, among: common) == outages
                    ? .survey : .maintenance
            }
        }
        let isGone = !names.contains(assignment.primary) || !names.contains(assignment.secondary)
        return isGone ? .capacity : nil
    }
}
