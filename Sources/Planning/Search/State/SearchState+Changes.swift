/// What a change would cost, without making it.
///
/// Each function takes the weights that count at the time, and a limit: where the change costs more than that for sure, it may return
/// infinity instead, so that what will be refused is not counted to the end.
extension SearchState {
    /// By how much objective and penalty change when an observation gets other SDCs, in TB.
    @inline(__always)
    func change(
        observation: Int, primary: Int, secondary: Int, weights: SearchWeights,
        limit: Double = .infinity
    ) -> Double {
        let old = (Int(observationPrimary[observation]), Int(observationSecondary[observation]))
        let demand = demands[observation]
        let held = replicas(primary, secondary)
        var change = 0.0
        if held != demand.held {
            let copies =
                (demand.primaries & ~held).nonzeroBitCount
                - (demand.primaries & ~demand.held).nonzeroBitCount
            let failovers =
                (demand.secondaries & ~held).nonzeroBitCount
                - (demand.secondaries & ~demand.held).nonzeroBitCount
            change = Double(copies) * model.copyCost + Double(failovers) * weights.failover
        }
        if model.hasBase {
            change +=
                stabilityCost(observation: observation, primary: primary, secondary: secondary)
                - stabilityCost(observation: observation, primary: old.0, secondary: old.1)
        }
        if primary != old.0 {
            let row = Int(model.observationBucket[observation]) * sdcCount
            change +=
                weights.penalty
                * cellPenaltyChange(
                    from: row + old.0, to: row + primary, observations: 1, tiles: 0)
        }
        if change - mostRelief(weights) > limit { return .infinity }
        if held != demand.held {
            change +=
                weights.penalty
                * storagePenaltyChange(
                    from: old, to: (primary, secondary), observations: 1, tiles: 0)
        }
        if primary != old.0 {
            change += weights.penalty * gapPenaltyChange(observation, from: old.0, to: primary)
        }
        return change
    }

    /// By how much objective and penalty change when a tile gets other SDCs, in TB.
    @inline(__always)
    func change(
        tile: Int, primary: Int, secondary: Int, weights: SearchWeights,
        limit: Double = .infinity
    ) -> Double {
        let old = (Int(tilePrimary[tile]), Int(tileSecondary[tile]))
        var change = 0.0
        let place = model.tilePlaces[tile]
        if primary != old.0 {
            let cover = Int(place.cover)
            let row = Int(place.cells)
            change =
                model.external[cover + primary] - model.external[cover + old.0] + weights.penalty
                * cellPenaltyChange(
                    from: row + old.0, to: row + primary, observations: 0, tiles: 1)
        }
        if model.hasBase {
            change +=
                stabilityCost(tile: tile, primary: primary, secondary: secondary)
                - stabilityCost(tile: tile, primary: old.0, secondary: old.1)
        }
        let links = place.links
        if change - mostRelief(weights) - Double(links.count) * weights.mostSaved > limit {
            return .infinity
        }
        change += demandChange(links, from: old, to: (primary, secondary), weights)
        if change - mostRelief(weights) > limit { return .infinity }
        change +=
            weights.penalty
            * storagePenaltyChange(
                from: old, to: (primary, secondary), observations: 0, tiles: 1)
        return change
    }

    /// By how much objective and penalty change when two tiles of one bucket exchange their
    /// primaries, in TB; where one is the other's secondary, the pair turns round.
    ///
    /// The bucket's counts stay as they are, so that no band is left, and so do those of an
    /// observation that both tiles overlap.
    @inline(__always)
    func change(
        exchange tile: Int, with other: Int, weights: SearchWeights, limit: Double = .infinity
    ) -> Double {
        let old = (Int(tilePrimary[tile]), Int(tileSecondary[tile]))
        let otherOld = (Int(tilePrimary[other]), Int(tileSecondary[other]))
        let (new, otherNew) = Self.exchanged(old, otherOld)
        let place = model.tilePlaces[tile]
        let otherPlace = model.tilePlaces[other]
        let cover = Int(place.cover)
        let otherCover = Int(otherPlace.cover)
        var change =
            model.external[cover + new.0] - model.external[cover + old.0]
            + model.external[otherCover + otherNew.0] - model.external[otherCover + otherOld.0]
        if model.hasBase {
            change +=
                stabilityCost(tile: tile, primary: new.0, secondary: new.1)
                - stabilityCost(tile: tile, primary: old.0, secondary: old.1)
                + stabilityCost(tile: other, primary: otherNew.0, secondary: otherNew.1)
                - stabilityCost(tile: other, primary: otherOld.0, secondary: otherOld.1)
        }
        let links = place.links
        let otherLinks = otherPlace.links
        let otherMostSaved = Double(otherLinks.count) * weights.mostSaved + mostRelief(weights)
        if change - Double(links.count) * weights.mostSaved - otherMostSaved > limit {
            return .infinity
        }
        let bothTurn = new.1 != old.1 && otherNew.1 != otherOld.1
        change += demandChange(
            links, from: old, to: new, apartFrom: otherLinks, bothTurn: bothTurn, weights)
        if change - otherMostSaved > limit { return .infinity }
        change += demandChange(
            otherLinks, from: otherOld, to: otherNew, apartFrom: links, bothTurn: bothTurn, weights)
        let turned = (new.1 == old.1 ? 1 : 0) - (otherNew.1 == otherOld.1 ? 1 : 0)
        if turned != 0 {
            change +=
                weights.penalty
                * storagePenaltyChange(
                    from: old.0, to: new.0, observations: 0, tiles: Int32(turned))
        }
        return change
    }

    /// The pairs of two tiles after they exchanged their primaries.
    @inline(__always)
    static func exchanged(
        _ first: (Int, Int), _ second: (Int, Int)
    ) -> (first: (Int, Int), second: (Int, Int)) {
        (
            (second.0, first.1 == second.0 ? first.0 : first.1),
            (first.0, second.1 == first.0 ? second.0 : second.1)
        )
    }

    /// What all penalties of new bytes and waits cost now: no change can save more of them.
    @inline(__always)
    private func mostRelief(_ weights: SearchWeights) -> Double {
        weights.penalty * (storagePenaltySum + gapPenaltySum)
    }

    /// By how much copies and failover cost more when a tile of these observations gets other
    /// SDCs, in TB.
    @inline(__always)
    private func demandChange(
        _ links: Range<Int>, from old: (Int, Int), to new: (Int, Int), _ weights: SearchWeights
    ) -> Double {
        var copies = 0
        var failovers = 0
        for link in links {
            let demand = demands[Int(model.observationsOf[link])]
            if new.0 != old.0 { copies += demand.copyChange(from: old.0, to: new.0) }
            if new.1 != old.1 { failovers += demand.failoverChange(from: old.1, to: new.1) }
        }
        return Double(copies) * model.copyCost + Double(failovers) * weights.failover
    }

    /// The same for a tile that exchanges its primary with a tile of `others`.
    @inline(__always)
    private func demandChange(
        _ links: Range<Int>, from old: (Int, Int), to new: (Int, Int), apartFrom others: Range<Int>,
        bothTurn: Bool, _ weights: SearchWeights
    ) -> Double {
        var copies = 0
        var failovers = 0
        for link in links {
            let observation = model.observationsOf[link]
            let isShared = others.contains { model.observationsOf[$0] == observation }
            let demand = demands[Int(observation)]
            if !isShared { copies += demand.copyChange(from: old.0, to: new.0) }
            if new.1 != old.1, !(isShared && bothTurn) {
                failovers += demand.failoverChange(from: old.1, to: new.1)
            }
        }
        return Double(copies) * model.copyCost + Double(failovers) * weights.failover
    }
}
