extension SearchState {
    /// What it costs that a cell's work (H2, T1) or count of observations (T2) is outside.
    @inline(__always)
    func cellPenalty(_ cell: Int, observations: Int32, tiles: Int32) -> Double {
        let count = Double(observations)
        let work = count * model.observationWork + Double(tiles) * model.tileWork
        var penalty = 0.0
        let outside = max(model.workLower[cell] - work, work - model.workUpper[cell])
        if outside > Bands.roundingTolerance {
            penalty += penaltyWeight * (1 + outside / model.workGrain)
            let beyond = work - model.capacity[cell] * (1 + 1e-9)
            if beyond > 0 { penalty += 100 * penaltyWeight * (1 + beyond / model.workGrain) }
        }
        let countOutside = max(model.countLower[cell] - count, count - model.countUpper[cell])
        if countOutside > Bands.roundingTolerance { penalty += penaltyWeight * (1 + countOutside) }
        return penalty
    }

    /// The buckets in which a cell's work or count of observations is outside.
    var bucketsOutside: [Int] {
        (0..<model.bucketCount).filter { bucket in
            (bucket * sdcCount..<(bucket + 1) * sdcCount).contains {
                cellPenalty($0, observations: observationsIn[$0], tiles: tilesIn[$0]) > 0
            }
        }
    }

    /// What it costs that an SDC's new bytes are outside (H3, T3).
    @inline(__always)
    func storagePenalty(_ sdc: Int, observations: Int32, tiles: Int32) -> Double {
        let volume =
            Double(observations) * model.observationVolume + Double(tiles) * model.tileVolume
        let outside = max(storageLower[sdc] - volume, volume - storageUpper[sdc])
        guard outside > Bands.roundingTolerance || volume > model.storageFree[sdc] else { return 0 }
        var penalty = outside > 0 ? penaltyWeight * (1 + outside / model.volumeGrain) : 0
        let beyond = volume - model.storageFree[sdc]
        if beyond > 0 { penalty += 100 * penaltyWeight * (1 + beyond / model.volumeGrain) }
        return penalty
    }

    /// Leaves this state its part of what each SDC's new bytes may still change by; for one part
    /// it is all of it (T3).
    func shareStorage(among parts: Double) {
        for sdc in 0..<sdcCount {
            let volume =
                Double(observationsAt[sdc]) * model.observationVolume
                + Double(tilesAt[sdc]) * model.tileVolume
            storageLower[sdc] = max(
                model.storageLower[sdc], volume - (volume - model.storageLower[sdc]) / parts)
            storageUpper[sdc] = min(
                model.storageUpper[sdc], volume + (model.storageUpper[sdc] - volume) / parts)
        }
    }

    /// What it costs that an SDC waits `excess` days too long in all (T4).
    @inline(__always)
    func gapPenalty(_ excess: Double) -> Double {
        excess > Bands.roundingTolerance ? penaltyWeight * (1 + excess) : 0
    }

    /// By how much the penalties of two cells change when one observation or tile moves.
    @inline(__always)
    func cellPenaltyChange(from old: Int, to new: Int, observations: Int32, tiles: Int32) -> Double
    {
        cellPenalty(
            old, observations: observationsIn[old] - observations, tiles: tilesIn[old] - tiles)
            - cellPenalty(old, observations: observationsIn[old], tiles: tilesIn[old])
            + cellPenalty(
                new, observations: observationsIn[new] + observations, tiles: tilesIn[new] + tiles)
            - cellPenalty(new, observations: observationsIn[new], tiles: tilesIn[new])
    }

    /// By how much the penalty of an SDC's new bytes changes with `observations` and `tiles` more.
    @inline(__always)
    func storagePenaltyChange(_ sdc: Int, observations: Int32, tiles: Int32) -> Double {
        storagePenalty(
            sdc, observations: observationsAt[sdc] + observations, tiles: tilesAt[sdc] + tiles)
            - storagePenalty(sdc, observations: observationsAt[sdc], tiles: tilesAt[sdc])
    }

    /// The same for a replica that moves from one SDC to another.
    @inline(__always)
    func storagePenaltyChange(from old: Int, to new: Int, observations: Int32, tiles: Int32)
        -> Double
    {
        old == new
            ? 0
            : storagePenaltyChange(old, observations: -observations, tiles: -tiles)
                + storagePenaltyChange(new, observations: observations, tiles: tiles)
    }
}
