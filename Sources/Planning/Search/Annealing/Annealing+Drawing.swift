/// What a step may change an item to: drawn from what is near, an SDC that already holds an
/// observation of the tile, or has a tile of the observation.
extension Annealing {
    /// A random tile of an observation; -1 where it has none.
    @inline(__always)
    func tile(of observation: Int, _ bits: UInt64) -> Int {
        let start = Int(model.tilesOfStart[observation])
        let count = Int(model.tilesOfStart[observation + 1]) - start
        return count == 0 ? -1 : Int(model.tilesOf[start + SeededGenerator.below(count, bits)])
    }

    /// A random observation of a tile.
    @inline(__always)
    func observation(of tile: Int, _ bits: UInt64) -> Int {
        let place = model.tilePlaces[tile]
        return Int(
            model.observationsOf[Int(place.start) + SeededGenerator.below(Int(place.count), bits)])
    }

    /// An SDC that would suit the tile as primary: one that holds one of its observations, or
    /// owns a tile beside it.
    @inline(__always)
    func candidate(for tile: Int, _ random: inout SeededGenerator) -> Int {
        let bits = random.next()
        let observation = observation(of: tile, bits)
        switch bits >> 60 {
        case 0: return random.below(sdcCount)
        case 1..<6: return Int(state.observationPrimary[observation])
        case 6..<11: return Int(state.observationSecondary[observation])
        default: return Int(state.tilePrimary[self.tile(of: observation, random.next())])
        }
    }

    /// A pair of SDCs that would suit the tile: mostly another primary alone, otherwise the pair of
    /// one of its observations, either way round, or of a tile beside it.
    ///
    /// Where tiles with one pair of SDCs lie beside tiles with another pair, the border between
    /// them moves by both at once: a tile with one SDC of each needs copies for failover from all
    /// its observations, which a cool search does not take.
    @inline(__always)
    func pair(for tile: Int, _ random: inout SeededGenerator) -> (primary: Int, secondary: Int) {
        let bits = random.next()
        guard bits & 7 < pairsOfEight else {
            let old = (Int(state.tilePrimary[tile]), Int(state.tileSecondary[tile]))
            let primary = candidate(for: tile, &random)
            if primary == old.0 { return old }
            return (primary, primary == old.1 ? old.0 : old.1)
        }
        let observation = observation(of: tile, bits >> 32)
        let held = (
            Int(state.observationPrimary[observation]),
            Int(state.observationSecondary[observation])
        )
        switch bits >> 3 & 3 {
        case 0: return held
        case 1: return (held.1, held.0)
        default:
            let other = self.tile(of: observation, random.next())
            return (Int(state.tilePrimary[other]), Int(state.tileSecondary[other]))
        }
    }
}
