import GroundSegment

/// Tries other pairs of SDCs for one item of a placement, everything else as it is.
struct PlacementTrial {
    private let problem: Problem
    private let state: SearchState

    init(_ problem: Problem, placement: Placement) {
        self.problem = problem
        state = SearchState(
            SearchModel(problem, bands: Bands(problem)), placement: placement)
    }

    /// Every other pair for an item, the best first.
    func options(_ item: ItemIndex) -> [ItemExplanation.Option] {
        let (primary, secondary) = state.pair(item)
        let count = problem.sdcs.count
        let pairs = (0..<count).flatMap { first in
            (0..<count).filter { $0 != first && (first, $0) != (primary, secondary) }
                .map { (first, $0) }
        }
        let options = pairs.map { option(item, $0.0, $0.1) }
        func rank(_ option: ItemExplanation.Option) -> (Int, Int, Double) {
            (
                option.isAllowed ? 0 : 1, option.broken.count - option.mended.count,
                option.extra.value
            )
        }
        return options.enumerated().sorted { left, right in
            let (first, second) = (rank(left.element), rank(right.element))
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }

    private func option(
        _ item: ItemIndex, _ primary: Int, _ secondary: Int
    ) -> ItemExplanation.Option {
        let old = state.pair(item)
        let touched = Set([old.0, old.1, primary, secondary]).sorted()
        let bucket = problem.items.buckets[item]
        let before = (state.copies, state.external, state.failovers)
        let extraBefore = (state.extraCopies, state.extraFailovers)
        let ids = problem.sdcs.map(\.id)
        let standing = state.standings(bucket: bucket, sdcs: touched, ids: ids)
        state.place(item, (primary, secondary))
        let after = (state.copies, state.external, state.failovers)
        let extraAfter = (state.extraCopies, state.extraFailovers)
        let changed = state.standings(bucket: bucket, sdcs: touched, ids: ids)
        state.place(item, old)
        let broken = changed.subtracting(standing)
        let failovers = after.2 - before.2
        let ordinary = problem.processing.observationVolume
        return ItemExplanation.Option(
            assignment: Assignment(primary: ids[primary], secondary: ids[secondary]),
            copies: after.0 - before.0,
            copyVolume: ordinary * Double(after.0 - before.0)
                + Terabytes(extraAfter.0 - extraBefore.0),
            externalVolume: Terabytes(after.1 - before.1), failovers: failovers,
            failoverCost: (ordinary * Double(failovers)
                + Terabytes(extraAfter.1 - extraBefore.1))
                * problem.planningCase.weights.failover,
            broken: broken.filter { !$0.rule.isHard }, mended: standing.subtracting(changed),
            forbidding: forbidding(item, (primary, secondary)),
            breaches: broken.filter(\.rule.isHard))
    }

    /// The rules on the item that leave out one of its SDCs.
    private func forbidding(
        _ item: ItemIndex, _ pair: (primary: Int, secondary: Int)
    ) -> [HardRule] {
        problem.bindings.entries.filter { !$0.permits(pair) && $0.items.contains(item) }
            .map(\.rule)
    }
}
