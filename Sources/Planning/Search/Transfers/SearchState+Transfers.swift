/// What comes in and goes out at each SDC in each bucket (H6), kept up to date change by change.
extension SearchState {
    /// What it costs at a weight of 1 that a cell's transfers are beyond what they may be.
    @inline(__always)
    private func transferPenalty(_ volume: Double, _ most: Double) -> Double {
        volume > most
            ? SearchCell.breach * (1 + (volume - most) / model.volumeGrain) : 0
    }

    /// Adds to what comes in at a cell; returns by how much the penalty changes.
    @inline(__always)
    private func addIn(_ cell: Int, _ volume: Double) -> Double {
        let before = transferIn[cell]
        if isTrying { transferTrial.note(2 * cell, before) }
        transferIn[cell] = before + volume
        return noted(before, before + volume, model.transfers.mostIn[cell])
    }

    /// The same for what goes out.
    @inline(__always)
    private func addOut(_ cell: Int, _ volume: Double) -> Double {
        let before = transferOut[cell]
        if isTrying { transferTrial.note(2 * cell + 1, before) }
        transferOut[cell] = before + volume
        return noted(before, before + volume, model.transfers.mostOut[cell])
    }

    @inline(__always)
    private func noted(_ before: Double, _ after: Double, _ most: Double) -> Double {
        if before <= most && after <= most { return 0 }
        if before <= most { transferBreaches += 1 }
        if after <= most { transferBreaches -= 1 }
        return transferPenalty(after, most) - transferPenalty(before, most)
    }

    /// Adds, or with a sign of -1 takes away, the copy of an observation that an SDC needs of it
    /// for its tiles, in the bucket in which the first of them is ready.
    @inline(__always)
    private func addCopy(_ observation: Int, _ sdc: Int, from primary: Int, _ sign: Double)
        -> Double
    {
        let start = Int(model.tilesOfStart[observation])
        let end = Int(model.tilesOfStart[observation + 1])
        var bucket = Int32.max
        for place in start..<end {
            let tile = Int(model.tilesOf[place])
            if Int(tilePrimary[tile]) == sdc { bucket = min(bucket, model.tileBucket[tile]) }
        }
        guard bucket < Int32.max else { return 0 }
        return addCopy(
            observation, sdc, from: primary, sign, row: Int(bucket) * sdcCount)
    }

    /// The same where the bucket is known.
    ///
    /// - Parameter row: the bucket's first cell.
    @inline(__always)
    private func addCopy(
        _ observation: Int, _ sdc: Int, from primary: Int, _ sign: Double, row: Int
    ) -> Double {
        let volume = sign * model.transfers.observation[observation]
        // An SDC of an earlier period that is gone has no line.
        return addIn(row + sdc, volume) + (primary < sdcCount ? addOut(row + primary, volume) : 0)
    }

    /// Adds or takes away what an observation at a pair of SDCs moves: its replica, and the copies
    /// that its tiles need.
    private func add(_ observation: Int, _ primary: Int, _ secondary: Int, _ sign: Double) -> Double
    {
        var change = 0.0
        if observation < model.observationCount {
            let row = Int(model.observationBucket[observation]) * sdcCount
            let volume = sign * model.transfers.observation[observation]
            change = addOut(row + primary, volume) + addIn(row + secondary, volume)
        }
        var needing = demands[observation].primaries & ~replicas(primary, secondary)
        while needing != 0 {
            change += addCopy(observation, needing.trailingZeroBitCount, from: primary, sign)
            needing &= needing - 1
        }
        return change
    }

    /// Moves what an observation moves to another pair of SDCs; returns by how much the penalty
    /// changes.
    func moveTransfers(observation: Int, from old: (Int, Int), to new: (Int, Int)) -> Double {
        add(observation, old.0, old.1, -1) + add(observation, new.0, new.1, 1)
    }

    /// The same for a tile, which then has its new primary.
    ///
    /// - Parameter isAlone: whether the demands of its observations are those before the change, so
    ///   that what they say need not be looked for among the tiles.
    func moveTransfers(
        tile: Int, from old: (Int, Int), to new: (Int, Int), isAlone: Bool = true
    ) -> Double {
        let place = model.tilePlaces[tile]
        let row = Int(place.cells)
        let cover = Int(place.cover)
        let volume = model.transfers.tile[tile]
        var change = 0.0
        if old.1 != new.1 { change += addIn(row + old.1, -volume) + addIn(row + new.1, volume) }
        guard old.0 != new.0 else { return change }
        change += addOut(row + old.0, -volume) + addOut(row + new.0, volume)
        change += addIn(row + old.0, -model.transfers.external[cover + old.0])
        change += addIn(row + new.0, model.transfers.external[cover + new.0])
        for link in place.links {
            let observation = Int(model.observationsOf[link])
            let demand = demands[observation]
            let primary = Int(observationPrimary[observation])
            if demand.held >> UInt64(old.0) & 1 == 0 {
                change += addCopy(observation, old.0, from: primary, -1)
            }
            if demand.held >> UInt64(new.0) & 1 == 0,
                !isAlone || demand.primaries >> UInt64(new.0) & 1 == 1
            {
                change += addCopy(observation, new.0, from: primary, -1)
            }
        }
        tilePrimary[tile] = UInt8(truncatingIfNeeded: new.0)
        for link in place.links {
            let observation = Int(model.observationsOf[link])
            let demand = demands[observation]
            let primary = Int(observationPrimary[observation])
            if demand.held >> UInt64(old.0) & 1 == 0,
                !isAlone || demand.onePrimary >> UInt64(old.0) & 1 == 0
            {
                change += addCopy(observation, old.0, from: primary, 1)
            }
            if demand.held >> UInt64(new.0) & 1 == 0 {
                change +=
                    isAlone && demand.primaries >> UInt64(new.0) & 1 == 0
                    ? addCopy(observation, new.0, from: primary, 1, row: row)
                    : addCopy(observation, new.0, from: primary, 1)
            }
        }
        return change
    }

    // MARK: What a change would cost, at a weight of 1

    /// By how much the penalty for transfers changes when an observation gets other SDCs.
    func transferPenaltyChange(
        observation: Int, from old: (Int, Int), to new: (Int, Int)
    ) -> Double {
        trying { moveTransfers(observation: observation, from: old, to: new) }
    }

    /// The same for a tile.
    func transferPenaltyChange(tile: Int, from old: (Int, Int), to new: (Int, Int)) -> Double {
        let change = trying { moveTransfers(tile: tile, from: old, to: new) }
        tilePrimary[tile] = UInt8(truncatingIfNeeded: old.0)
        return change
    }

    /// The same for two tiles at once.
    func transferPenaltyChange(
        tile: Int, from old: (Int, Int), to new: (Int, Int), other: Int,
        from otherOld: (Int, Int), to otherNew: (Int, Int)
    ) -> Double {
        let change = trying {
            moveTransfers(tile: tile, from: old, to: new)
                + moveTransfers(tile: other, from: otherOld, to: otherNew, isAlone: false)
        }
        tilePrimary[tile] = UInt8(truncatingIfNeeded: old.0)
        tilePrimary[other] = UInt8(truncatingIfNeeded: otherOld.0)
        return change
    }

    /// Makes a change of the transfers and takes it back; returns what it said.
    @inline(__always)
    private func trying(_ change: () -> Double) -> Double {
        let breaches = transferBreaches
        isTrying = true
        let penalty = change()
        isTrying = false
        transferBreaches = breaches
        transferTrial.takeBack { place, volume in
            if place & 1 == 0 {
                transferIn[place >> 1] = volume
            } else {
                transferOut[place >> 1] = volume
            }
        }
        return penalty
    }

    // MARK: All of it

    /// Notes that the penalty for transfers has changed.
    @inline(__always)
    func noteTransfers(_ change: Double) {
        // A sum of what came and went is 0 only nearly.
        transferPenaltySum = transferBreaches == 0 ? 0 : transferPenaltySum + change
    }

    /// Counts all transfers, of which none is counted yet.
    func countTransfers() {
        guard model.transfers.isLimited else { return }
        var penalty = 0.0
        for tile in 0..<model.tileCount {
            let place = model.tilePlaces[tile]
            let row = Int(place.cells)
            let primary = Int(tilePrimary[tile])
            let volume = model.transfers.tile[tile]
            penalty += addOut(row + primary, volume)
            penalty += addIn(row + Int(tileSecondary[tile]), volume)
            penalty += addIn(
                row + primary, model.transfers.external[Int(place.cover) + primary])
        }
        for observation in 0..<(model.observationCount + model.earlierCount) {
            penalty += add(
                observation, Int(observationPrimary[observation]),
                Int(observationSecondary[observation]), 1)
        }
        noteTransfers(penalty)
    }

    /// The penalty for transfers, counted afresh from what comes in and goes out.
    func countedTransferPenalty() -> Double {
        guard model.transfers.isLimited else { return 0 }
        return (0..<transferIn.count).reduce(0) { sum, cell in
            sum + transferPenalty(transferIn[cell], model.transfers.mostIn[cell])
                + transferPenalty(transferOut[cell], model.transfers.mostOut[cell])
        }
    }

    /// Whether more than may be comes in or goes out at an SDC in a bucket.
    func isOverTransfers(_ cell: Int) -> (inward: Bool, outward: Bool) {
        guard model.transfers.isLimited else { return (false, false) }
        return (
            transferIn[cell] > model.transfers.mostIn[cell],
            transferOut[cell] > model.transfers.mostOut[cell]
        )
    }
}
