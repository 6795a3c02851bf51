/// Changes of tiles that their observations follow.
///
/// An observation that two SDCs hold needs no copy where these two have its tiles; a tile that
/// alone goes to a third SDC needs one, until the observation is held there.  One after the other
/// these are two steps with a dearer distribution between them, which a cool search does not
/// take; together they are one that may cost nothing.
extension Annealing {
    /// An observation that followed a tile, with the SDCs that it had.
    struct Followed: BitwiseCopyable {
        let observation: Int32
        let primary: UInt8
        let secondary: UInt8
    }

    /// Gives a tile other SDCs where that costs no more than the limit, alone or with its
    /// observations.
    @inline(__always)
    func tryTile(_ tile: Int, _ new: (Int, Int)) {
        let links = model.links(ofTile: tile)
        let reach = Double(links.count) * model.mostSaved
        let change = state.change(
            tile: tile, primary: new.0, secondary: new.1, weights: weights, limit: limit + reach)
        if change <= limit {
            state.place(tile: tile, primary: new.0, secondary: new.1)
            return
        }
        guard change < .infinity else { return }
        let old = (Int(state.tilePrimary[tile]), Int(state.tileSecondary[tile]))
        guard change - mostSaved(links, from: old.0, to: new) <= limit else { return }
        state.place(tile: tile, primary: new.0, secondary: new.1)
        followedCount = 0
        if change + follow(links, to: new) > limit {
            takeBack()
            state.place(tile: tile, primary: old.0, secondary: old.1)
        }
    }

    /// The same for two tiles of one bucket that exchange their primaries.
    @inline(__always)
    func tryExchange(
        _ tile: Int, _ first: (Int, Int), _ other: Int, _ second: (Int, Int)
    ) {
        let links = model.links(ofTile: tile)
        let otherLinks = model.links(ofTile: other)
        let reach = Double(links.count + otherLinks.count) * model.mostSaved
        let change = state.change(
            exchange: tile, with: other, weights: weights, limit: limit + reach)
        guard change < .infinity else { return }
        let old = (Int(state.tilePrimary[tile]), Int(state.tileSecondary[tile]))
        let otherOld = (Int(state.tilePrimary[other]), Int(state.tileSecondary[other]))
        if change > limit {
            let most =
                mostSaved(links, from: old.0, to: first)
                + mostSaved(otherLinks, from: otherOld.0, to: second)
            guard change - most <= limit else { return }
        }
        state.place(tile: tile, primary: first.0, secondary: first.1)
        state.place(tile: other, primary: second.0, secondary: second.1)
        guard change > limit else { return }
        followedCount = 0
        let total = change + follow(links, to: first) + follow(otherLinks, to: second)
        if total > limit {
            takeBack()
            state.place(tile: other, primary: otherOld.0, secondary: otherOld.1)
            state.place(tile: tile, primary: old.0, secondary: old.1)
        }
    }

    /// The most that is saved where observations follow their tile: a copy, or one for failover, of
    /// each that is not held at the new SDC and has a replica that no primary of its tiles needs.
    @inline(__always)
    private func mostSaved(_ links: Range<Int>, from old: Int, to new: (Int, Int)) -> Double {
        var most = 0.0
        for link in links {
            let observation = Int(model.observationsOf[link])
            let demand = state.demands[observation]
            let left = demand.primaries & ~(demand.onePrimary & (1 << UInt64(old)))
            let needed = left | 1 << UInt64(new.0)
            guard demand.held & ~needed != 0, mayFollow[observation] else { continue }
            if demand.held >> UInt64(new.0) & 1 == 0 {
                most += model.mostSaved
            } else if demand.held >> UInt64(new.1) & 1 == 0 {
                most += model.mostFailoverSaved
            }
        }
        return most
    }

    /// Gives the observations of a tile that lack one of its SDCs a replica there, in place of one
    /// that no primary of its tiles needs, where that saves anything; returns by how much objective
    /// and penalty change.
    func follow(_ links: Range<Int>, to new: (Int, Int)) -> Double {
        var total = 0.0
        for link in links {
            let observation = Int(model.observationsOf[link])
            guard mayFollow[observation] else { continue }
            let demand = state.demands[observation]
            let wanted = demand.held >> UInt64(new.0) & 1 == 0 ? new.0 : new.1
            let spare = demand.held & ~demand.primaries
            guard demand.held >> UInt64(wanted) & 1 == 0, spare != 0 else { continue }
            let old = (
                Int(state.observationPrimary[observation]),
                Int(state.observationSecondary[observation])
            )
            var best = 0.0
            var pair = old
            if spare >> UInt64(old.1) & 1 == 1 {
                attempt(observation, (old.0, wanted), &best, &pair)
                attempt(observation, (wanted, old.0), &best, &pair)
            }
            if spare >> UInt64(old.0) & 1 == 1 {
                attempt(observation, (wanted, old.1), &best, &pair)
                attempt(observation, (old.1, wanted), &best, &pair)
            }
            guard best < 0 else { continue }
            followed[followedCount] = Followed(
                observation: Int32(truncatingIfNeeded: observation),
                primary: UInt8(truncatingIfNeeded: old.0),
                secondary: UInt8(truncatingIfNeeded: old.1))
            followedCount += 1
            state.place(observation: observation, primary: pair.0, secondary: pair.1)
            total += best
        }
        return total
    }

    /// Notes a pair of SDCs for an observation where it is allowed and better than the best.
    @inline(__always)
    private func attempt(
        _ observation: Int, _ new: (Int, Int), _ best: inout Double, _ pair: inout (Int, Int)
    ) {
        guard model.mayObservationPrimary[observation] >> UInt64(new.0) & 1 == 1,
            model.mayObservationSecondary[observation] >> UInt64(new.1) & 1 == 1
        else { return }
        let change = state.change(
            observation: observation, primary: new.0, secondary: new.1, weights: weights,
            limit: best)
        if change < best {
            best = change
            pair = new
        }
    }

    /// Gives the observations that followed the SDCs that they had.
    private func takeBack() {
        while followedCount > 0 {
            followedCount -= 1
            let one = followed[followedCount]
            state.place(
                observation: Int(one.observation), primary: Int(one.primary),
                secondary: Int(one.secondary))
        }
    }
}
