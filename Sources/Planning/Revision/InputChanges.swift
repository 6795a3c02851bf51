import GroundSegment

/// Which items are themselves no longer what they were in the base, and why (DISTRIBUTION
/// section 5): the causes that need no look at anything else.
struct InputChanges: Sendable {
    /// The number in the base of each item; `nil` where it is new.
    let earlier: [ItemIndex?]
    /// Why an item is not what it was; `nil` where it is.
    let own: [ChangeCause?]
    /// Numbers in the base of the items that are no longer there.
    let dropped: [ItemIndex]

    init(from base: Baseline, to inputs: PlanInputs) {
        let earlier = inputs.items.ids.map { base.inputs.items[$0] }
        self.earlier = earlier
        let comparison = ItemComparison(from: base.inputs, to: inputs)
        own = inputs.items.indices.map { item in
            guard let before = earlier[item] else { return .survey }
            return comparison.cause(before, base.assignments[before], item)
        }
        let kept = Set(earlier.compactMap { $0 })
        dropped = base.inputs.items.indices.filter { !kept.contains($0) }
    }
}

/// Compares single items of a base with those of new inputs.
private struct ItemComparison {
    private let base: PlanInputs
    private let inputs: PlanInputs
    private let rulesBefore: [ItemIndex: ItemBinding]
    private let rulesNow: [ItemIndex: ItemBinding]
    private let names: Set<ID<SDC>>
    /// The SDCs that both have.
    private let common: Set<ID<SDC>>

    init(from base: PlanInputs, to inputs: PlanInputs) {
        self.base = base
        self.inputs = inputs
        rulesBefore = base.bindings
        rulesNow = inputs.bindings
        names = Set(inputs.sdcs.map(\.id))
        common = names.intersection(base.sdcs.map(\.id))
    }

    /// - Parameters:
    ///   - before: the item's number in the base.
    ///   - now: its number in the inputs.
    func cause(
        _ before: ItemIndex, _ assignment: Assignment, _ now: ItemIndex
    ) -> ChangeCause? {
        let binding = rulesNow[now] ?? ItemBinding()
        if !binding.permits(assignment) || binding != rulesBefore[before] ?? ItemBinding() {
            return .pin
        }
        let (old, new) = (base.items, inputs.items)
        if base.buckets[old.buckets[before]] != inputs.buckets[new.buckets[now]]
            || base.partners[before] != inputs.partners[now]
        {
            return .survey
        }
        if new.isObservation(now) {
            let (arrived, arrives) = (old.instants[before], new.instants[now])
            let outages = base.outages(at: arrived, among: common)
            if inputs.outages(at: arrives, among: common) != outages {
                return inputs.outages(at: arrived, among: common) == outages
                    ? .survey : .maintenance
            }
        }
        let isGone = !names.contains(assignment.primary) || !names.contains(assignment.secondary)
        return isGone ? .capacity : nil
    }
}
