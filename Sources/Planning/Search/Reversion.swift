/// Takes back what a search changed without winning by it: single items first, then pairs of
/// items of one bucket that went opposite ways, whose return leaves the balance as it is.
struct Reversion {
    private let state: SearchState
    private let model: SearchModel
    private let weights: SearchWeights

    /// - Parameter weights: what decides whether a return pays.
    init(_ state: SearchState, weights: SearchWeights) {
        self.state = state
        self.weights = weights
        model = state.model
    }

    /// Returns items to the base until no return pays.
    func run() {
        guard model.hasBase else { return }
        var isSettled = false
        while !isSettled {
            isSettled = true
            for item in changed() where giveBack(item) <= 0 { isSettled = false }
            if givePairsBack() { isSettled = false }
        }
    }

    /// The items that are not where the base has them and could be there.
    private func changed() -> [ItemIndex] {
        (0..<model.itemCount).filter { item in
            let base = basePair(item)
            guard base != state.pair(item), base.0 < model.sdcCount, base.1 < model.sdcCount
            else { return false }
            return model.permits(item, base)
        }
    }

    private func basePair(_ item: ItemIndex) -> (Int, Int) {
        (Int(model.basePrimary[item]), Int(model.baseSecondary[item]))
    }

    /// Returns an item where that costs nothing; returns the cost of it.
    private func giveBack(_ item: ItemIndex) -> Double {
        let cost = state.change(item, basePair(item), weights: weights)
        if cost <= 0 { state.place(item, basePair(item)) }
        return cost
    }

    /// Returns pairs of items; whether any was.
    private func givePairsBack() -> Bool {
        var isAny = false
        var waiting: [[Int]: [ItemIndex]] = [:]
        for item in changed() {
            let bucket = model.bucket(item)
            let kind = model.isObservation(item) ? 0 : 1
            let (now, base) = (state.pair(item).primary, basePair(item).0)
            let opposite = [kind, bucket, base, now]
            if let partners = waiting[opposite],
                let partner = partners.first(where: { givePairBack(item, $0) })
            {
                waiting[opposite] = partners.filter { $0 != partner }
                isAny = true
            } else {
                waiting[[kind, bucket, now, base], default: []].append(item)
            }
        }
        return isAny
    }

    private func givePairBack(_ first: ItemIndex, _ second: ItemIndex) -> Bool {
        let held = state.pair(first)
        let cost = state.change(first, basePair(first), weights: weights)
        state.place(first, basePair(first))
        if cost + state.change(second, basePair(second), weights: weights) <= 0 {
            state.place(second, basePair(second))
            return true
        }
        state.place(first, held)
        return false
    }
}
