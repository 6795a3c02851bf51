extension SearchState {
    /// The buckets in which a cell's work, count of observations or transfers are outside.
    var bucketsOutside: [Int] {
        (0..<model.bucketCount).filter { bucket in
            (bucket * sdcCount..<(bucket + 1) * sdcCount).contains { cell in
                let isOver = isOverTransfers(cell)
                return cells[cell].penalty > 0 || isOver.inward || isOver.outward
            }
        }
    }

    /// What it costs at a weight of 1 that an SDC's new bytes are outside (H3, T3).
    @inline(__always)
    private func storagePenalty(
        _ sdc: Int, _ observations: Int32, _ tiles: Int32, _ extra: Double
    ) -> Double {
        let volume =
            Double(observations) * model.observationVolume + Double(tiles) * model.tileVolume
            + extra
        let outside = max(storageLower[sdc] - volume, volume - storageUpper[sdc])
        guard outside > Bands.roundingTolerance || volume > model.storageMost[sdc] else { return 0 }
        var penalty = outside > 0 ? 1 + outside / model.volumeGrain : 0
        if volume > model.storageMost[sdc] {
            let beyond = volume - model.storageFree[sdc]
            penalty += SearchCell.breach * (1 + beyond / model.volumeGrain)
        }
        return penalty
    }

    /// New bytes of an SDC, TB.
    @inline(__always)
    func volume(_ sdc: Int) -> Double {
        Double(observationsAt[sdc]) * model.observationVolume + Double(tilesAt[sdc])
            * model.tileVolume + extraAt[sdc]
    }

    /// Leaves this state its part of what each SDC's new bytes may still change by; for one part
    /// it is all of it (T3).
    func shareStorage(among parts: Double) {
        for sdc in 0..<sdcCount {
            let volume = volume(sdc)
            storageLower[sdc] = max(
                model.storageLower[sdc], volume - (volume - model.storageLower[sdc]) / parts)
            storageUpper[sdc] = min(
                model.storageUpper[sdc], volume + (model.storageUpper[sdc] - volume) / parts)
            noteStorage(sdc)
        }
    }

    /// What it costs at a weight of 1 that an SDC waits `excess` days too long in all (T4).
    @inline(__always)
    func gapPenalty(_ excess: Double) -> Double {
        excess > Bands.roundingTolerance ? 1 + excess : 0
    }

    // MARK: What the counts cost now

    /// Changes the load of a cell.
    @inline(__always)
    func addToCell(_ cell: Int, _ change: SearchCell.Change) {
        var changed = cells[cell]
        changed.add(change, work: model.work)
        cells[cell] = changed
    }

    /// Counts the penalty of an SDC's new bytes afresh.
    @inline(__always)
    func noteStorage(_ sdc: Int) {
        let penalty = storagePenalty(sdc, observationsAt[sdc], tilesAt[sdc], extraAt[sdc])
        guard penalty != storagePenalties[sdc] else { return }
        storagePenalties[sdc] = penalty
        storagePenaltySum = 0
        for sdc in 0..<sdcCount { storagePenaltySum += storagePenalties[sdc] }
    }

    /// The same for the SDCs of a pair of replicas that became another one.
    @inline(__always)
    func noteStorage(_ old: (Int, Int), _ new: (Int, Int)) {
        if replicas(old.0, old.1) == replicas(new.0, new.1) { return }
        noteStorage(old.0)
        noteStorage(old.1)
        noteStorage(new.0)
        noteStorage(new.1)
    }

    // MARK: What a change would cost, at a weight of 1

    /// By how much the penalties of two cells change when one observation or tile moves.
    @inline(__always)
    func cellPenaltyChange(from old: Int, to new: Int, _ change: SearchCell.Change) -> Double {
        cells[old].penaltyChange(-change, work: model.work)
            + cells[new].penaltyChange(change, work: model.work)
    }

    /// By how much the penalties for new bytes change when replicas move from one SDC to another.
    @inline(__always)
    func storagePenaltyChange(
        from old: Int, to new: Int, observations: Int32, tiles: Int32, extra: Double
    ) -> Double {
        guard old != new else { return 0 }
        return storagePenalty(
            old, observationsAt[old] - observations, tilesAt[old] - tiles, extraAt[old] - extra)
            + storagePenalty(
                new, observationsAt[new] + observations, tilesAt[new] + tiles,
                extraAt[new] + extra)
            - storagePenalties[old] - storagePenalties[new]
    }

    /// The same when a pair of replicas becomes another one.
    @inline(__always)
    func storagePenaltyChange(
        from old: (Int, Int), to new: (Int, Int), observations: Int32, tiles: Int32, extra: Double
    ) -> Double {
        func change(_ old: Int, _ new: Int) -> Double {
            storagePenaltyChange(
                from: old, to: new, observations: observations, tiles: tiles, extra: extra)
        }
        if old.0 == new.0 { return change(old.1, new.1) }
        if old.1 == new.1 { return change(old.0, new.0) }
        if old.0 == new.1 { return change(old.1, new.0) }
        if old.1 == new.0 { return change(old.0, new.1) }
        return change(old.0, new.0) + change(old.1, new.1)
    }
}
