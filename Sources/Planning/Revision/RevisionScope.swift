import GroundSegment

/// What a change of the inputs can reach.
struct RevisionScope {
    let changes: InputChanges
    /// By item.
    let isReached: [Bool]

    /// - Parameters:
    ///   - partners: what overlaps each item of `inputs`.
    ///   - weights: those of the case that is planned now.
    init(from base: Baseline, to inputs: PlanInputs, partners: Adjacency, weights: Weights) {
        let before = base.inputs
        let changes = InputChanges(from: base, to: inputs)
        self.changes = changes
        guard base.weights == weights, Self.isComparable(before, inputs) else {
            isReached = Array(repeating: true, count: inputs.items.count)
            return
        }
        var reached = Self.bucketsWithOtherTargets(before, inputs)
        for (bucket, cause) in zip(inputs.items.buckets, changes.own) where cause != nil {
            reached[bucket] = true
        }
        for item in changes.dropped { reached[before.items.buckets[item]] = true }
        let core = inputs.items.buckets.map { reached[$0] }
        isReached = core.indices.map { item in
            core[item] || partners[item].contains { core[Int($0)] }
        }
    }

    /// Whether base and inputs have the same buckets, processing, tolerances and external data, so
    /// that they can be compared bucket by bucket.
    private static func isComparable(_ before: PlanInputs, _ now: PlanInputs) -> Bool {
        before.buckets == now.buckets && before.processing == now.processing
            && before.balance == now.balance
            && before.sdcs.map(\.ingests) == now.sdcs.map(\.ingests)
            && before.sdcs.map(\.occupied) == now.sdcs.map(\.occupied)
            && before.sdcs.map(\.storage) == now.sdcs.map(\.storage)
            && before.sdcs.map(\.id) == now.sdcs.map(\.id)
    }

    /// The buckets in which a target, a tolerance or a capacity is another one.
    private static func bucketsWithOtherTargets(_ before: PlanInputs, _ now: PlanInputs) -> [Bool] {
        let old = before.bands()
        let new = now.bands()
        let oldLimits = TransferLimits(sdcs: before.sdcs, buckets: before.buckets)
        let newLimits = TransferLimits(sdcs: now.sdcs, buckets: now.buckets)
        return (0..<now.buckets.count).map { bucket in
            now.sdcs.indices.contains { sdc in
                let cell = bucket * now.sdcs.count + sdc
                return old.work[cell] != new.work[cell]
                    || old.observations[cell] != new.observations[cell]
                    || old.capacity[cell] != new.capacity[cell]
                    || oldLimits?.inward[cell] != newLimits?.inward[cell]
                    || oldLimits?.outward[cell] != newLimits?.outward[cell]
            }
        }
    }
}
