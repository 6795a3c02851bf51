import GroundSegment

/// Simulated annealing on the exact cost (Kirkpatrick, Gelatt & Vecchi 1983, Science 220, 671),
/// each step one small change evaluated incrementally.
///
/// Changes are drawn from what is near: an SDC that already holds an observation of the tile, or
/// a tile of the observation.  Exchanges of two tiles of one bucket keep every band.
final class Annealing {
    let state: SearchState
    let model: SearchModel
    var random: SeededGenerator
    /// TB; changes for the worse are taken with the probability exp(-change / temperature).
    var temperature = 0.0
    /// The items that may change, and whether a tile is one of them.
    private(set) var observations: [Int32] = []
    private(set) var tiles: [Int32] = []
    private let mayChange: Lane<Bool>
    private let sdcCount: Int

    init(_ state: SearchState, seed: UInt64) {
        self.state = state
        model = state.model
        sdcCount = state.sdcCount
        random = SeededGenerator(seed: seed)
        mayChange = Lane(repeating: false, count: state.model.tileCount)
    }

    /// Lets the items of some buckets change that may, without the tiles that share an observation with
    /// `others`, the buckets that another annealer changes at the same time.
    func allow(_ buckets: [Int], apartFrom others: [Int]) {
        for tile in tiles { mayChange[Int(tile)] = false }
        var isOther = [Bool](repeating: false, count: model.bucketCount)
        for bucket in others { isOther[bucket] = true }
        observations.removeAll(keepingCapacity: true)
        tiles.removeAll(keepingCapacity: true)
        for bucket in buckets {
            for place in model.bucketObservationsStart[
                bucket]..<model.bucketObservationsStart[
                    bucket + 1]
            {
                observations.append(model.bucketObservations[Int(place)])
            }
            for place in model.bucketTilesStart[bucket]..<model.bucketTilesStart[bucket + 1] {
                let tile = model.bucketTiles[Int(place)]
                let links =
                    model.observationsOfStart[Int(tile)]..<model.observationsOfStart[Int(tile) + 1]
                let isShared = links.contains {
                    let observation = Int(model.observationsOf[Int($0)])
                    return observation < model.observationCount
                        && isOther[Int(model.observationBucket[observation])]
                }
                if !isShared {
                    tiles.append(tile)
                    mayChange[Int(tile)] = true
                }
            }
        }
    }

    /// How many items may change.
    var itemCount: Int { observations.count + tiles.count }

    /// Takes `count` steps at the present temperature and penalty weight.
    func run(_ count: Int) {
        for _ in 0..<count { step() }
    }

    @inline(__always)
    private func step() {
        let kind = random.below(64)
        if kind < 24 {
            if !observations.isEmpty { changeObservation() }
        } else if tiles.isEmpty {
            return
        } else if kind < 46 {
            changeTile()
        } else if kind < 54 {
            changeTileSecondary()
        } else {
            exchangeTiles()
        }
    }

    @inline(__always)
    private func accepts(_ change: Double) -> Bool {
        if change <= 0 { return true }
        guard temperature > 0, change < 20 * temperature else { return false }
        return change < -temperature * logarithm(random.unit())
    }

    /// A random tile of an observation; -1 where it has none.
    @inline(__always)
    private func tile(of observation: Int) -> Int {
        let start = Int(model.tilesOfStart[observation])
        let count = Int(model.tilesOfStart[observation + 1]) - start
        return count == 0 ? -1 : Int(model.tilesOf[start + random.below(count)])
    }

    /// A random observation of a tile.
    @inline(__always)
    private func observation(of tile: Int) -> Int {
        let start = Int(model.observationsOfStart[tile])
        let count = Int(model.observationsOfStart[tile + 1]) - start
        return Int(model.observationsOf[start + random.below(count)])
    }

    @inline(__always)
    private func changeObservation() {
        let observation = Int(observations[random.below(observations.count)])
        var first = Int(state.observationPrimary[observation])
        var second = Int(state.observationSecondary[observation])
        let choice = random.below(8)
        if choice < 6 {
            let tile = tile(of: observation)
            let drawn =
                choice == 0 || tile < 0
                ? random.below(sdcCount)
                : choice < 5 ? Int(state.tilePrimary[tile]) : Int(state.tileSecondary[tile])
            if drawn == first || drawn == second {
                swap(&first, &second)
            } else if random.next() & 1 == 0 {
                first = drawn
            } else {
                second = drawn
            }
        } else {
            swap(&first, &second)
        }
        guard model.mayObservationPrimary[observation] >> UInt64(first) & 1 == 1,
            model.mayObservationSecondary[observation] >> UInt64(second) & 1 == 1
        else { return }
        if accepts(state.change(observation: observation, primary: first, secondary: second)) {
            state.place(observation: observation, primary: first, secondary: second)
        }
    }

    /// An SDC that would suit the tile as primary: one that holds one of its observations, or
    /// owns a tile beside it.
    @inline(__always)
    private func candidate(for tile: Int) -> Int {
        let observation = observation(of: tile)
        switch random.below(16) {
        case 0: return random.below(sdcCount)
        case 1..<6: return Int(state.observationPrimary[observation])
        case 6..<11: return Int(state.observationSecondary[observation])
        default: return Int(state.tilePrimary[self.tile(of: observation)])
        }
    }

    @inline(__always)
    private func changeTile() {
        let tile = Int(tiles[random.below(tiles.count)])
        let primary = candidate(for: tile)
        let old = Int(state.tilePrimary[tile])
        guard primary != old else { return }
        var secondary = Int(state.tileSecondary[tile])
        if secondary == primary { secondary = old }
        guard model.mayTilePrimary[tile] >> UInt64(primary) & 1 == 1,
            model.mayTileSecondary[tile] >> UInt64(secondary) & 1 == 1
        else { return }
        if accepts(state.change(tile: tile, primary: primary, secondary: secondary)) {
            state.place(tile: tile, primary: primary, secondary: secondary)
        }
    }

    @inline(__always)
    private func changeTileSecondary() {
        let tile = Int(tiles[random.below(tiles.count)])
        let primary = Int(state.tilePrimary[tile])
        let secondary = candidate(for: tile)
        guard secondary != primary, secondary != Int(state.tileSecondary[tile]),
            model.mayTileSecondary[tile] >> UInt64(secondary) & 1 == 1
        else { return }
        if accepts(state.change(tile: tile, primary: primary, secondary: secondary)) {
            state.place(tile: tile, primary: primary, secondary: secondary)
        }
    }

    /// Exchanges a tile with one of the same bucket whose SDC would suit it.
    @inline(__always)
    private func exchangeTiles() {
        let tile = Int(tiles[random.below(tiles.count)])
        let wanted = candidate(for: tile)
        let old = Int(state.tilePrimary[tile])
        guard wanted != old else { return }
        let bucket = Int(model.tileBucket[tile])
        let start = Int(model.bucketTilesStart[bucket])
        let count = Int(model.bucketTilesStart[bucket + 1]) - start
        for _ in 0..<12 {
            let other = Int(model.bucketTiles[start + random.below(count)])
            guard Int(state.tilePrimary[other]) == wanted, mayChange[other], hasNear(other, old)
            else { continue }
            tryExchange(tile, other)
            return
        }
    }

    /// Whether one of a tile's observations is held by `sdc` or has another tile there.
    @inline(__always)
    private func hasNear(_ tile: Int, _ sdc: Int) -> Bool {
        let first = Int(model.observationsOfStart[tile])
        for link in first..<Int(model.observationsOfStart[tile + 1]) {
            let observation = Int(model.observationsOf[link])
            if (state.heldBy(observation) | state.primaries[observation]) >> UInt64(sdc) & 1 == 1 {
                return true
            }
        }
        return false
    }

    @inline(__always)
    private func tryExchange(_ tile: Int, _ other: Int) {
        let first = (Int(state.tilePrimary[tile]), Int(state.tileSecondary[tile]))
        let second = (Int(state.tilePrimary[other]), Int(state.tileSecondary[other]))
        guard model.mayTilePrimary[tile] >> UInt64(second.0) & 1 == 1,
            model.mayTilePrimary[other] >> UInt64(first.0) & 1 == 1,
            first.1 != second.0 || model.mayTileSecondary[tile] >> UInt64(first.0) & 1 == 1,
            second.1 != first.0 || model.mayTileSecondary[other] >> UInt64(second.0) & 1 == 1
        else { return }
        let storageBefore = storagePenalty(first.0) + storagePenalty(second.0)
        let change = state.exchange(tile: tile, with: other)
        let storage = storagePenalty(first.0) + storagePenalty(second.0) - storageBefore
        if !accepts(change + storage) {
            state.place(tile: tile, primary: first.0, secondary: first.1)
            state.place(tile: other, primary: second.0, secondary: second.1)
        }
    }

    @inline(__always)
    private func storagePenalty(_ sdc: Int) -> Double {
        state.storagePenalty(
            sdc, observations: state.observationsAt[sdc], tiles: state.tilesAt[sdc])
    }
}
