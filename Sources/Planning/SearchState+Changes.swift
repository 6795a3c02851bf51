extension SearchState {
    /// By how much objective and penalty change when an observation gets other SDCs, in TB.
    @inline(__always)
    func change(observation: Int, primary: Int, secondary: Int) -> Double {
        let oldPrimary = Int(observationPrimary[observation])
        let oldSecondary = Int(observationSecondary[observation])
        let before = ~(UInt64(1) << UInt64(oldPrimary) | 1 << UInt64(oldSecondary))
        let after = ~(UInt64(1) << UInt64(primary) | 1 << UInt64(secondary))
        let copies =
            (primaries[observation] & after).nonzeroBitCount
            - (primaries[observation] & before).nonzeroBitCount
        let failovers =
            (secondaries[observation] & after).nonzeroBitCount
            - (secondaries[observation] & before).nonzeroBitCount
        var change = Double(copies) * model.copyCost + Double(failovers) * model.failoverCost
        change +=
            stabilityCost(observation: observation, primary: primary, secondary: secondary)
            - stabilityCost(
                observation: observation, primary: oldPrimary, secondary: oldSecondary)
        if primary != oldPrimary {
            let row = Int(model.observationBucket[observation]) * sdcCount
            change += cellPenaltyChange(
                from: row + oldPrimary, to: row + primary, observations: 1, tiles: 0)
            change += gapPenaltyChange(observation, from: oldPrimary, to: primary)
        }
        if after != before {
            change += replicaChange(
                from: (oldPrimary, oldSecondary), to: (primary, secondary), observations: 1,
                tiles: 0)
        }
        return change
    }

    /// By how much objective and penalty change when a tile gets other SDCs, in TB.
    @inline(__always)
    func change(tile: Int, primary: Int, secondary: Int) -> Double {
        let oldPrimary = Int(tilePrimary[tile])
        let oldSecondary = Int(tileSecondary[tile])
        var change = 0.0
        if primary != oldPrimary {
            let cover = Int(model.coverOf[tile]) * sdcCount
            change += model.external[cover + primary] - model.external[cover + oldPrimary]
            let row = Int(model.tileBucket[tile]) * sdcCount
            change += cellPenaltyChange(
                from: row + oldPrimary, to: row + primary, observations: 0, tiles: 1)
        }
        var copies = 0
        var failovers = 0
        for link in Int(model.observationsOfStart[tile])..<Int(model.observationsOfStart[tile + 1])
        {
            let observation = Int(model.observationsOf[link])
            let notHeld = ~heldBy(observation)
            let row = observation * sdcCount
            if primary != oldPrimary {
                if primaryCount[row + oldPrimary] == 1 {
                    copies -= Int(notHeld >> UInt64(oldPrimary) & 1)
                }
                if primaryCount[row + primary] == 0 {
                    copies += Int(notHeld >> UInt64(primary) & 1)
                }
            }
            if secondary != oldSecondary {
                if secondaryCount[row + oldSecondary] == 1 {
                    failovers -= Int(notHeld >> UInt64(oldSecondary) & 1)
                }
                if secondaryCount[row + secondary] == 0 {
                    failovers += Int(notHeld >> UInt64(secondary) & 1)
                }
            }
        }
        change += Double(copies) * model.copyCost + Double(failovers) * model.failoverCost
        change +=
            stabilityCost(tile: tile, primary: primary, secondary: secondary)
            - stabilityCost(tile: tile, primary: oldPrimary, secondary: oldSecondary)
        change += replicaChange(
            from: (oldPrimary, oldSecondary), to: (primary, secondary), observations: 0, tiles: 1)
        return change
    }

    /// By how much the penalties for new bytes change when a pair of replicas moves.
    @inline(__always)
    private func replicaChange(
        from old: (Int, Int), to new: (Int, Int), observations: Int32, tiles: Int32
    ) -> Double {
        if old.0 == new.0 {
            return storagePenaltyChange(
                from: old.1, to: new.1, observations: observations, tiles: tiles)
        }
        if old.1 == new.1 {
            return storagePenaltyChange(
                from: old.0, to: new.0, observations: observations, tiles: tiles)
        }
        if old.0 == new.1 {
            return storagePenaltyChange(
                from: old.1, to: new.0, observations: observations, tiles: tiles)
        }
        if old.1 == new.0 {
            return storagePenaltyChange(
                from: old.0, to: new.1, observations: observations, tiles: tiles)
        }
        return storagePenaltyChange(
            from: old.0, to: new.0, observations: observations, tiles: tiles)
            + storagePenaltyChange(from: old.1, to: new.1, observations: observations, tiles: tiles)
    }

    /// Exchanges the primaries of two tiles of one bucket and returns the change of the
    /// objective; where one is the other's secondary, the pair turns round.
    ///
    /// The bucket's counts stay as they are, so that no band is left.
    @inline(__always)
    func exchange(tile: Int, with other: Int) -> Double {
        let before = objective
        let first = Int(tilePrimary[tile])
        let second = Int(tilePrimary[other])
        let firstSecondary = Int(tileSecondary[tile])
        let secondSecondary = Int(tileSecondary[other])
        place(
            tile: tile, primary: second,
            secondary: firstSecondary == second ? first : firstSecondary)
        place(
            tile: other, primary: first,
            secondary: secondSecondary == first ? second : secondSecondary)
        return objective - before
    }
}
