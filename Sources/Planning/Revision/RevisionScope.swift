import GroundSegment

/// What a change of the inputs can reach.
struct RevisionScope {
    let changes: InputChanges
    /// For each item, observations first.
    let isReached: [Bool]

    init(from base: Plan, to inputs: PlanInputs, problem: Problem) {
        let before = PlanInputs(base)
        let changes = InputChanges(from: before, assignments: base.assignments, to: inputs)
        self.changes = changes
        guard Self.isComparable(base, before, inputs, problem.planningCase.weights) else {
            isReached = Array(repeating: true, count: inputs.items.count)
            return
        }
        var reached = Self.bucketsWithOtherTargets(before, inputs)
        for (item, cause) in zip(inputs.items, changes.own) where cause != nil {
            reached[item.bucket] = true
        }
        for index in changes.dropped { reached[before.items[index].bucket] = true }
        var isReached = inputs.items.map { reached[$0.bucket] }
        let offset = problem.observations.count
        let core = isReached
        for link in problem.overlaps.links
        where core[link.observation] || core[offset + link.tile] {
            isReached[link.observation] = true
            isReached[offset + link.tile] = true
        }
        self.isReached = isReached
    }

    /// Whether base and inputs have the same buckets, costs, tolerances and external data, so
    /// that they can be compared bucket by bucket.
    private static func isComparable(
        _ base: Plan, _ before: PlanInputs, _ now: PlanInputs, _ weights: Weights
    ) -> Bool {
        before.buckets == now.buckets && before.processing == now.processing
            && before.balance == now.balance && base.weights == weights
            && before.sdcs.map(\.ingests) == now.sdcs.map(\.ingests)
            && before.sdcs.map(\.used) == now.sdcs.map(\.used)
            && before.sdcs.map(\.storage) == now.sdcs.map(\.storage)
            && before.sdcs.map(\.id) == now.sdcs.map(\.id)
    }

    /// The buckets in which a target, a tolerance or a capacity is another one.
    private static func bucketsWithOtherTargets(_ before: PlanInputs, _ now: PlanInputs) -> [Bool] {
        let old = before.bands()
        let new = now.bands()
        return (0..<now.buckets.count).map { bucket in
            now.sdcs.indices.contains { sdc in
                let cell = bucket * now.sdcs.count + sdc
                return old.work[cell] != new.work[cell]
                    || old.observations[cell] != new.observations[cell]
                    || old.capacity[cell] != new.capacity[cell]
            }
        }
    }
}
