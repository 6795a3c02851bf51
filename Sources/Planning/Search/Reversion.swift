/// Takes back what a search changed without winning by it: single items first, then pairs of
/// items of one bucket that went opposite ways, whose return leaves the balance as it is.
struct Reversion {
    private let state: SearchState
    private let model: SearchModel

    init(_ state: SearchState) {
        self.state = state
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
    private func changed() -> [Int] {
        (0..<(model.observationCount + model.tileCount)).filter { item in
            let now = pair(item)
            let base = basePair(item)
            return base != now && isOpen(item, base)
        }
    }

    private func isObservation(_ item: Int) -> Bool { item < model.observationCount }

    private func basePair(_ item: Int) -> (Int, Int) {
        (Int(model.basePrimary[item]), Int(model.baseSecondary[item]))
    }

    private func pair(_ item: Int) -> (Int, Int) {
        guard isObservation(item) else {
            let tile = item - model.observationCount
            return (Int(state.tilePrimary[tile]), Int(state.tileSecondary[tile]))
        }
        return (Int(state.observationPrimary[item]), Int(state.observationSecondary[item]))
    }

    /// Whether the rules allow an item a pair of SDCs that are there.
    private func isOpen(_ item: Int, _ pair: (Int, Int)) -> Bool {
        guard pair.0 < model.sdcCount, pair.1 < model.sdcCount else { return false }
        let masks =
            isObservation(item)
            ? (model.mayObservationPrimary[item], model.mayObservationSecondary[item])
            : (
                model.mayTilePrimary[item - model.observationCount],
                model.mayTileSecondary[item - model.observationCount]
            )
        return masks.0 >> UInt64(pair.0) & 1 == 1 && masks.1 >> UInt64(pair.1) & 1 == 1
    }

    private func change(_ item: Int, _ pair: (Int, Int)) -> Double {
        isObservation(item)
            ? state.change(observation: item, primary: pair.0, secondary: pair.1)
            : state.change(
                tile: item - model.observationCount, primary: pair.0, secondary: pair.1)
    }

    private func place(_ item: Int, _ pair: (Int, Int)) {
        if isObservation(item) {
            state.place(observation: item, primary: pair.0, secondary: pair.1)
        } else {
            state.place(tile: item - model.observationCount, primary: pair.0, secondary: pair.1)
        }
    }

    /// Returns an item where that costs nothing; returns the cost of it.
    private func giveBack(_ item: Int) -> Double {
        let cost = change(item, basePair(item))
        if cost <= 0 { place(item, basePair(item)) }
        return cost
    }

    /// Returns pairs of items; whether any was.
    private func givePairsBack() -> Bool {
        var isAny = false
        var waiting: [[Int]: [Int]] = [:]
        for item in changed() {
            let bucket =
                isObservation(item)
                ? model.observationBucket[item] : model.tileBucket[item - model.observationCount]
            let kind = isObservation(item) ? 0 : 1
            let (now, base) = (pair(item).0, basePair(item).0)
            let opposite = [kind, Int(bucket), base, now]
            if let partners = waiting[opposite],
                let partner = partners.first(where: { givePairBack(item, $0) })
            {
                waiting[opposite] = partners.filter { $0 != partner }
                isAny = true
            } else {
                waiting[[kind, Int(bucket), now, base], default: []].append(item)
            }
        }
        return isAny
    }

    private func givePairBack(_ first: Int, _ second: Int) -> Bool {
        let held = pair(first)
        let cost = change(first, basePair(first))
        place(first, basePair(first))
        if cost + change(second, basePair(second)) <= 0 {
            place(second, basePair(second))
            return true
        }
        place(first, held)
        return false
    }
}
