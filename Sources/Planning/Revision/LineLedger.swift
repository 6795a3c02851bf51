import GroundSegment

/// What comes in and goes out under new inputs while changes are made one by one, and what pushed
/// it over what the lines carry (H6).
struct LineLedger {
    private let state: SearchState
    private let places: [ID<SDC>: Int]
    /// By how much what is moved less what may be has grown since the base, by cause; by cell.
    private var inward: [CausePush]
    private var outward: [CausePush]

    /// The base's items as they are now, with every change that has a cause of its own; `nil`
    /// where no line is limited.
    init?(
        from base: PlanInputs, to plan: Plan, changes: InputChanges, before: [Assignment],
        after: [Assignment]
    ) {
        guard plan.distribution.sdcs.contains(where: \.hasTransferLimit) else { return nil }
        let problem = Problem(plan)
        let places = Dictionary(
            uniqueKeysWithValues: problem.sdcs.enumerated().map { ($1.id, $0) })
        self.places = places
        var placement = Placement(plan)
        for item in problem.items.indices {
            guard let earlier = changes.earlier[item],
                let primary = places[before[earlier].primary],
                let secondary = places[before[earlier].secondary]
            else { continue }
            placement[item] = (primary, secondary)
        }
        state = SearchState(
            SearchModel(problem, bands: Bands(problem)), placement: placement)
        inward = Array(
            repeating: CausePush(), count: problem.bucketCount * problem.sdcs.count)
        outward = inward
        compareLimits(base, problem)
        for item in problem.items.indices where changes.earlier[item] == nil {
            pushNew(item, of: problem, placement[item])
        }
        for item in problem.items.indices {
            guard let cause = changes.own[item], let earlier = changes.earlier[item],
                before[earlier] != after[item]
            else { continue }
            move(item, to: after[item], because: cause)
        }
    }

    /// Makes a change.
    mutating func move(_ item: ItemIndex, to assignment: Assignment, because cause: ChangeCause) {
        guard let pair = pair(assignment) else { return }
        let old = (state.transferIn.elements, state.transferOut.elements)
        state.place(item, pair)
        for cell in inward.indices {
            inward[cell].add(state.transferIn[cell] - old.0[cell], cause)
            outward[cell].add(state.transferOut[cell] - old.1[cell], cause)
        }
    }

    /// The cause of what a change mends; `nil` where no line is overfull that it relieves.
    func cause(of item: ItemIndex, to assignment: Assignment) -> ChangeCause? {
        guard state.transferBreaches > 0, let pair = pair(assignment) else { return nil }
        let over = inward.indices.filter {
            let isOver = state.isOverTransfers($0)
            return isOver.inward || isOver.outward
        }
        let old = state.pair(item)
        let before = over.map {
            (state.isOverTransfers($0), state.transferIn[$0], state.transferOut[$0])
        }
        state.place(item, pair)
        defer { state.place(item, old) }
        for (cell, (isOver, volumeIn, volumeOut)) in zip(over, before) {
            if isOver.inward, state.transferIn[cell] < volumeIn,
                let cause = inward[cell].largest(sign: 1)
            {
                return cause
            }
            if isOver.outward, state.transferOut[cell] < volumeOut,
                let cause = outward[cell].largest(sign: 1)
            {
                return cause
            }
        }
        return nil
    }

    private func pair(_ assignment: Assignment) -> (primary: Int, secondary: Int)? {
        guard let primary = places[assignment.primary], let secondary = places[assignment.secondary]
        else { return nil }
        return (primary, secondary)
    }

    /// Notes what the lines carry less than in the base: for the calendar where that is another,
    /// else for the rates.
    private mutating func compareLimits(_ base: PlanInputs, _ problem: Problem) {
        let buckets = problem.planningCase.buckets
        guard base.buckets == buckets else { return }
        let known = Dictionary(uniqueKeysWithValues: base.sdcs.map { ($0.id, $0) })
        // More than any line carries: where there was no limit, all of it is new.
        let endless = 1e9
        for (place, sdc) in problem.sdcs.enumerated() {
            guard let old = known[sdc.id] else { continue }
            let cause: ChangeCause =
                old.ingress == sdc.ingress && old.egress == sdc.egress ? .maintenance : .capacity
            for bucket in 0..<buckets.count {
                func shift(_ direction: TransferDirection) -> Double {
                    let before = old.transferLimit(direction, over: buckets[bucket])?.value
                    let now = sdc.transferLimit(direction, over: buckets[bucket])?.value
                    return (before ?? endless) - (now ?? endless)
                }
                let cell = bucket * problem.sdcs.count + place
                inward[cell].add(shift(.inward), cause)
                outward[cell].add(shift(.outward), cause)
            }
        }
    }

    /// Notes what a new item moves.
    private mutating func pushNew(
        _ item: ItemIndex, of problem: Problem, _ pair: (primary: Int, secondary: Int)
    ) {
        let row = problem.items.buckets[item] * problem.sdcs.count
        inward[row + pair.secondary].add(problem.volume[item], .survey)
        outward[row + pair.primary].add(problem.volume[item], .survey)
    }
}
