/// Exchanges of two observations of one bucket, which keep what each SDC receives (T2).
extension Annealing {
    /// Observations that are looked at for an exchange.
    private static var mostPartners: Int { 3 }

    /// Gives an observation a primary that one of its tiles has, and another observation of the
    /// bucket, which has that primary, the one that becomes free.
    @inline(__always)
    func tradeObservations(_ bits: UInt64, _ random: inout SeededGenerator) {
        let observation = openObservation(bits)
        let more = random.next()
        let tile = tile(of: observation, more)
        guard tile >= 0 else { return }
        let wanted =
            more >> 63 == 0 ? Int(state.tilePrimary[tile]) : Int(state.tileSecondary[tile])
        let old = (
            Int(state.observationPrimary[observation]),
            Int(state.observationSecondary[observation])
        )
        guard wanted != old.0 else { return }
        let new = (wanted, wanted == old.1 ? old.0 : old.1)
        guard permits(observation, new) else { return }
        let bucket = Int(model.observationBucket[observation])
        let count = state.observationMembers.count(bucket: bucket, sdc: wanted)
        guard count > 0 else { return }
        for _ in 0..<Self.mostPartners {
            let other = state.observationMembers.item(
                random.below(count), bucket: bucket, sdc: wanted)
            guard mayFollow[other] else { continue }
            let demand = state.demands[other]
            guard (demand.held | demand.primaries | demand.secondaries) >> UInt64(old.0) & 1 == 1
            else { continue }
            tryTrade(observation, old, new, other)
            return
        }
    }

    @inline(__always)
    private func permits(_ observation: Int, _ pair: (Int, Int)) -> Bool {
        model.mayObservationPrimary[observation] >> UInt64(pair.0) & 1 == 1
            && model.mayObservationSecondary[observation] >> UInt64(pair.1) & 1 == 1
    }

    /// Makes an exchange where that costs no more than the limit.
    @inline(__always)
    private func tryTrade(
        _ observation: Int, _ old: (Int, Int), _ new: (Int, Int), _ other: Int
    ) {
        let otherOld = (new.0, Int(state.observationSecondary[other]))
        let otherNew = (old.0, otherOld.1 == old.0 ? new.0 : otherOld.1)
        guard permits(other, otherNew) else { return }
        let copies =
            state.demandChange(observation, held: state.replicas(new.0, new.1))
            + state.demandChange(other, held: state.replicas(otherNew.0, otherNew.1))
        guard copies - state.mostRelief(weights) <= limit + cellRelief(observation, old, new)
        else { return }
        let change = state.change(
            observation: observation, primary: new.0, secondary: new.1, weights: weights)
        state.place(observation: observation, primary: new.0, secondary: new.1)
        let rest = state.change(
            observation: other, primary: otherNew.0, secondary: otherNew.1, weights: weights)
        if change + rest <= limit {
            state.place(observation: other, primary: otherNew.0, secondary: otherNew.1)
        } else {
            state.place(observation: observation, primary: old.0, secondary: old.1)
        }
    }

    /// What the cells of two SDCs may save where the observations are unequal.
    @inline(__always)
    private func cellRelief(_ observation: Int, _ old: (Int, Int), _ new: (Int, Int)) -> Double {
        guard !model.areAlike else { return 0 }
        let row = Int(model.observationBucket[observation]) * state.sdcCount
        return weights.penalty
            * (state.cells[row + old.0].penalty + state.cells[row + new.0].penalty)
    }
}
