extension SearchState {
    /// Counted days until a rank; rank -1 is the period's start, the last one its end.
    @inline(__always)
    private func days(_ sdc: Int, _ rank: Int) -> Double {
        rank < 0 ? 0 : model.elapsed[sdc * (model.rankCount + 1) + rank]
    }

    /// By how much a wait between two arrivals is too long.
    @inline(__always)
    private func excess(_ sdc: Int, _ from: Int, _ to: Int) -> Double {
        max(0, days(sdc, to) - days(sdc, from) - model.gapLimit)
    }

    /// The rank of the SDC's last arrival before `rank`; -1 where there is none.
    @inline(__always)
    private func arrivalBefore(_ sdc: Int, _ rank: Int) -> Int {
        let row = sdc * arrivalWords
        var word = rank >> 6
        var bits = arrivals[row + word] & ((1 << UInt64(rank & 63)) - 1)
        while bits == 0 {
            word -= 1
            if word < 0 { return -1 }
            bits = arrivals[row + word]
        }
        return word << 6 + (63 - bits.leadingZeroBitCount)
    }

    /// The rank of the SDC's first arrival after `rank`; the period's end where there is none.
    @inline(__always)
    private func arrivalAfter(_ sdc: Int, _ rank: Int) -> Int {
        let row = sdc * arrivalWords
        var word = rank >> 6
        var bits = arrivals[row + word] & ~(((1 << UInt64(rank & 63)) - 1) | 1 << UInt64(rank & 63))
        while bits == 0 {
            word += 1
            if word >= arrivalWords { return model.rankCount }
            bits = arrivals[row + word]
        }
        return word << 6 + bits.trailingZeroBitCount
    }

    /// By how much the waits of an SDC grow too long when the arrival at `rank` is taken away
    /// (negative where it is given to the SDC instead).
    @inline(__always)
    private func gapChange(_ sdc: Int, without rank: Int) -> Double {
        let before = arrivalBefore(sdc, rank)
        let after = arrivalAfter(sdc, rank)
        return excess(sdc, before, after) - excess(sdc, before, rank) - excess(sdc, rank, after)
    }

    /// By how much the penalty for waits changes when an observation's primary does, at a weight
    /// of 1.
    @inline(__always)
    func gapPenaltyChange(_ observation: Int, from old: Int, to new: Int) -> Double {
        let rank = Int(model.rank[observation])
        guard rank >= 0 else { return 0 }
        var change =
            gapPenalty(gapExcess[old] + gapChange(old, without: rank))
            - gapPenalty(gapExcess[old])
        // Another arrival makes no wait longer.
        if gapExcess[new] > 0 {
            change +=
                gapPenalty(gapExcess[new] - gapChange(new, without: rank))
                - gapPenalty(gapExcess[new])
        }
        return change
    }

    /// Moves an observation's arrival from one primary to another.
    @inline(__always)
    func moveArrival(_ observation: Int, from old: Int, to new: Int) {
        let rank = Int(model.rank[observation])
        guard rank >= 0 else { return }
        noteGap(old, gapExcess[old] + gapChange(old, without: rank))
        noteGap(new, gapExcess[new] - gapChange(new, without: rank))
        arrivals[old * arrivalWords + rank >> 6] &= ~(1 << UInt64(rank & 63))
        arrivals[new * arrivalWords + rank >> 6] |= 1 << UInt64(rank & 63)
    }

    @inline(__always)
    private func noteGap(_ sdc: Int, _ excess: Double) {
        guard excess != gapExcess[sdc] else { return }
        gapExcess[sdc] = excess
        gapPenaltySum = 0
        for sdc in 0..<sdcCount { gapPenaltySum += gapPenalty(gapExcess[sdc]) }
    }

    func setArrival(_ observation: Int, at sdc: Int) {
        let rank = Int(model.rank[observation])
        guard rank >= 0 else { return }
        arrivals[sdc * arrivalWords + rank >> 6] |= 1 << UInt64(rank & 63)
    }

    /// Days by which the waits of an SDC are too long, counted afresh.
    func countedGapExcess(_ sdc: Int) -> Double {
        var last = -1
        var sum = 0.0
        for rank in 0..<model.rankCount
        where arrivals[sdc * arrivalWords + rank >> 6] >> UInt64(rank & 63) & 1 == 1 {
            sum += excess(sdc, last, rank)
            last = rank
        }
        return sum + excess(sdc, last, model.rankCount)
    }
}
