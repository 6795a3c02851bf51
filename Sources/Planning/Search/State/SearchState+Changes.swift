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
        var change = held == demand.held ? 0 : demandChange(observation, held: held)
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
                    from: row + old.0, to: row + primary, model.change(observation: observation))
            if model.hasPrices {
                let (before, after) = (model.prices[row + old.0], model.prices[row + primary])
                change +=
                    weights.price
                    * ((after.work - before.work)
                        * (model.work.observation + model.observationExtra[observation].work)
                        + after.observation - before.observation)
            }
        }
        if change - mostRelief(weights) > limit { return .infinity }
        if held != demand.held {
            change +=
                weights.penalty
                * storagePenaltyChange(
                    from: old, to: (primary, secondary), observations: 1, tiles: 0,
                    extra: model.extraVolume(observation: observation))
        }
        if primary != old.0 {
            change += weights.penalty * gapPenaltyChange(observation, from: old.0, to: primary)
        }
        guard model.transfers.isLimited else { return change }
        if change - weights.penalty * transferPenaltySum > limit { return .infinity }
        return change + weights.penalty
            * transferPenaltyChange(
                observation: observation, from: old, to: (primary, secondary))
    }

    /// By how much copies and failover cost more when others hold an observation, in TB.
    ///
    /// - Parameter held: the SDCs that then do, as bits.
    @inline(__always)
    func demandChange(_ observation: Int, held: UInt64) -> Double {
        let demand = demands[observation]
        let copies =
            (demand.primaries & ~held).nonzeroBitCount
            - (demand.primaries & ~demand.held).nonzeroBitCount
        let failovers =
            (demand.secondaries & ~held).nonzeroBitCount
            - (demand.secondaries & ~demand.held).nonzeroBitCount
        let change = Double(copies) * model.copyCost + Double(failovers) * model.failoverCost
        guard !model.areAlike else { return change }
        return change + model.observationExtra[observation].volume
            * (Double(copies) + Double(failovers) * model.failoverWeight)
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
                    from: row + old.0, to: row + primary, model.change(tile: tile))
            if model.hasPrices {
                change +=
                    weights.price
                    * (model.prices[row + primary].work - model.prices[row + old.0].work)
                    * (model.work.tile + model.tileExtra[tile].work)
            }
        }
        if model.hasBase {
            change +=
                stabilityCost(tile: tile, primary: primary, secondary: secondary)
                - stabilityCost(tile: tile, primary: old.0, secondary: old.1)
        }
        if model.borderCost > 0, primary != old.0 {
            change += model.borderCost * Double(borderChange(tile, from: old.0, to: primary))
        }
        let links = place.links
        if change - mostRelief(weights) - Double(links.count) * model.mostSaved > limit {
            return .infinity
        }
        change += demandChange(links, from: old, to: (primary, secondary))
        if change - mostRelief(weights) > limit { return .infinity }
        change +=
            weights.penalty
            * storagePenaltyChange(
                from: old, to: (primary, secondary), observations: 0, tiles: 1,
                extra: model.extraVolume(tile: tile))
        guard model.transfers.isLimited else { return change }
        if change - weights.penalty * transferPenaltySum > limit { return .infinity }
        return change + weights.penalty
            * transferPenaltyChange(tile: tile, from: old, to: (primary, secondary))
    }

    /// By how much objective and penalty change when two tiles of one bucket exchange their
    /// primaries, in TB; where one is the other's secondary, the pair turns round.
    ///
    /// The bucket's counts stay as they are, so that of equal tiles no band is left, and so do
    /// those of an observation that both tiles overlap.
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
        if model.hasPrices {
            let row = Int(place.cells)
            change +=
                weights.price
                * (model.prices[row + new.0].work - model.prices[row + old.0].work)
                * (model.tileExtra[tile].work - model.tileExtra[other].work)
        }
        if model.hasBase {
            change +=
                stabilityCost(tile: tile, primary: new.0, secondary: new.1)
                - stabilityCost(tile: tile, primary: old.0, secondary: old.1)
                + stabilityCost(tile: other, primary: otherNew.0, secondary: otherNew.1)
                - stabilityCost(tile: other, primary: otherOld.0, secondary: otherOld.1)
        }
        if model.borderCost > 0 {
            change +=
                model.borderCost
                * Double(borderChange(exchange: tile, old.0, with: other, otherOld.0))
        }
        let links = place.links
        let otherLinks = otherPlace.links
        let otherMostSaved =
            Double(otherLinks.count) * model.mostSaved
            + mostRelief(ofExchange: Int(place.cells), old.0, new.0, weights)
        if change - Double(links.count) * model.mostSaved - otherMostSaved > limit {
            return .infinity
        }
        let bothTurn = new.1 != old.1 && otherNew.1 != otherOld.1
        change += demandChange(
            links, from: old, to: new, apartFrom: otherLinks, bothTurn: bothTurn)
        if change - otherMostSaved > limit { return .infinity }
        change += demandChange(
            otherLinks, from: otherOld, to: otherNew, apartFrom: links, bothTurn: bothTurn)
        let moves = new.1 == old.1
        let otherMoves = otherNew.1 == otherOld.1
        let turned = (moves ? 1 : 0) - (otherMoves ? 1 : 0)
        guard !model.areAlike else {
            if turned != 0 {
                change +=
                    weights.penalty
                    * storagePenaltyChange(
                        from: old.0, to: new.0, observations: 0, tiles: Int32(turned), extra: 0)
            }
            return withTransfers(change, tile, old, new, other, otherOld, otherNew, weights, limit)
        }
        let row = Int(place.cells)
        let (one, two) = (model.tileExtra[tile], model.tileExtra[other])
        change +=
            weights.penalty
            * (cellPenaltyChange(
                from: row + old.0, to: row + new.0,
                SearchCell.Change(observations: 0, tiles: 0, extra: one.work - two.work))
                + storagePenaltyChange(
                    from: old.0, to: new.0, observations: 0, tiles: Int32(turned),
                    extra: (moves ? one.volume : 0) - (otherMoves ? two.volume : 0)))
        return withTransfers(change, tile, old, new, other, otherOld, otherNew, weights, limit)
    }

    /// What an exchange costs, with what it changes in the transfers.
    @inline(__always)
    private func withTransfers(
        _ change: Double, _ tile: Int, _ old: (Int, Int), _ new: (Int, Int), _ other: Int,
        _ otherOld: (Int, Int), _ otherNew: (Int, Int), _ weights: SearchWeights, _ limit: Double
    ) -> Double {
        guard model.transfers.isLimited else { return change }
        if change - weights.penalty * transferPenaltySum > limit { return .infinity }
        return change + weights.penalty
            * transferPenaltyChange(
                tile: tile, from: old, to: new, other: other, from: otherOld, to: otherNew)
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

    /// What all penalties of new bytes, waits and transfers cost now: no change can save more of
    /// them.
    @inline(__always)
    func mostRelief(_ weights: SearchWeights) -> Double {
        weights.penalty * (storagePenaltySum + gapPenaltySum + transferPenaltySum)
    }

    /// The same, with what the cells of a bucket may save where an exchange changes their work.
    @inline(__always)
    private func mostRelief(
        ofExchange row: Int, _ first: Int, _ second: Int, _ weights: SearchWeights
    )
        -> Double
    {
        let cellRelief =
            model.areAlike ? 0 : cells[row + first].penalty + cells[row + second].penalty
        return mostRelief(weights) + weights.penalty * cellRelief
    }

    /// By how much copies and failover cost more when a tile of these observations gets other
    /// SDCs, in TB.
    @inline(__always)
    private func demandChange(
        _ links: Range<Int>, from old: (Int, Int), to new: (Int, Int)
    ) -> Double {
        var copies = 0
        var failovers = 0
        guard model.areAlike else {
            var cost = 0.0
            for link in links {
                let observation = Int(model.observationsOf[link])
                let demand = demands[observation]
                let copies = new.0 == old.0 ? 0 : demand.copyChange(from: old.0, to: new.0)
                let failovers = new.1 == old.1 ? 0 : demand.failoverChange(from: old.1, to: new.1)
                cost += self.cost(observation, copies, failovers)
            }
            return cost
        }
        for link in links {
            let demand = demands[Int(model.observationsOf[link])]
            if new.0 != old.0 { copies += demand.copyChange(from: old.0, to: new.0) }
            if new.1 != old.1 { failovers += demand.failoverChange(from: old.1, to: new.1) }
        }
        return Double(copies) * model.copyCost + Double(failovers) * model.failoverCost
    }

    /// What copies of an observation of any volume cost.
    @inline(__always)
    private func cost(_ observation: Int, _ copies: Int, _ failovers: Int) -> Double {
        (model.copyCost + model.observationExtra[observation].volume)
            * (Double(copies) + Double(failovers) * model.failoverWeight)
    }

    /// The same for a tile that exchanges its primary with a tile of `others`.
    @inline(__always)
    private func demandChange(
        _ links: Range<Int>, from old: (Int, Int), to new: (Int, Int), apartFrom others: Range<Int>,
        bothTurn: Bool
    ) -> Double {
        var copies = 0
        var failovers = 0
        var cost = 0.0
        var other = others.lowerBound
        for link in links {
            let observation = model.observationsOf[link]
            // Both lists ascend.
            while other < others.upperBound, model.observationsOf[other] < observation {
                other += 1
            }
            let isShared =
                other < others.upperBound && model.observationsOf[other] == observation
            let demand = demands[Int(observation)]
            let (copiesBefore, failoversBefore) = (copies, failovers)
            if !isShared { copies += demand.copyChange(from: old.0, to: new.0) }
            if new.1 != old.1, !(isShared && bothTurn) {
                failovers += demand.failoverChange(from: old.1, to: new.1)
            }
            if !model.areAlike {
                cost += self.cost(
                    Int(observation), copies - copiesBefore, failovers - failoversBefore)
            }
        }
        guard model.areAlike else { return cost }
        return Double(copies) * model.copyCost + Double(failovers) * model.failoverCost
    }
}
