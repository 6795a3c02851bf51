extension SearchState {
    /// What it costs that an observation is not where the base has it (S, C3), in TB.
    @inline(__always)
    func stabilityCost(observation: Int, primary: Int, secondary: Int) -> Double {
        guard model.hasBase else { return 0 }
        return stabilityCost(observation, primary, secondary)
    }

    /// The same for a tile.
    @inline(__always)
    func stabilityCost(tile: Int, primary: Int, secondary: Int) -> Double {
        guard model.hasBase else { return 0 }
        return stabilityCost(model.observationCount + tile, primary, secondary)
    }

    /// An SDC that is no longer there costs nothing to leave.
    private func stabilityCost(_ item: Int, _ primary: Int, _ secondary: Int) -> Double {
        let nowhere = Int(Revision.nowhere)
        let first = Int(model.basePrimary[item])
        let second = Int(model.baseSecondary[item])
        var assignments = 0
        if primary != first && first != nowhere { assignments += 1 }
        if secondary != second && second != nowhere { assignments += 1 }
        guard assignments > 0 else { return 0 }
        var cost = Double(assignments) * model.stability[item]
        let volume = model.arrivedVolume[item]
        if volume > 0 {
            if primary != first && primary != second { cost += volume }
            if secondary != first && secondary != second { cost += volume }
        }
        return cost
    }

    /// The stability cost of all items, counted afresh.
    func countedStability() -> Double {
        guard model.hasBase else { return 0 }
        var sum = 0.0
        for observation in 0..<model.observationCount {
            sum += stabilityCost(
                observation: observation, primary: Int(observationPrimary[observation]),
                secondary: Int(observationSecondary[observation]))
        }
        for tile in 0..<model.tileCount {
            sum += stabilityCost(
                tile: tile, primary: Int(tilePrimary[tile]), secondary: Int(tileSecondary[tile]))
        }
        return sum
    }
}
