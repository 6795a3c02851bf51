import GroundSegment

/// The integer search: simulated annealing on the exact cost (Kirkpatrick, Gelatt & Vecchi 1983,
/// Science 220, 671), each step one small change evaluated incrementally.
///
/// Changes are drawn from what is near: an SDC that already holds an observation of the tile, or
/// a tile of the observation.  Exchanges of two tiles of one bucket keep every band.
struct Annealing {
    /// Temperatures in TB, and how penalties grow; all in proportion to the cost of a copy.
    struct Schedule {
        let start: Double
        let end: Double
        /// TB for each cell outside its tolerance, at the start and at the end.
        let firstPenalty: Double
        let lastPenalty: Double
        /// The last part of the steps, in which only improvements are taken.
        let descent = 0.05

        /// - Parameter copyCost: TB for a copy.
        init(copyCost: Double) {
            let unit = max(copyCost, 1e-6)
            start = 1.5 * unit
            end = 0.07 * unit
            firstPenalty = 0.5 * unit
            lastPenalty = 22 * unit
        }
    }

    private let state: SearchState
    private let model: SearchModel
    private let sdcCount: Int
    private var random: SeededGenerator
    private var temperature = 0.0
    private let schedule: Schedule

    init(_ state: SearchState, seed: UInt64, schedule: Schedule) {
        self.state = state
        model = state.model
        sdcCount = state.sdcCount
        random = SeededGenerator(seed: seed)
        self.schedule = schedule
    }

    /// Runs the first `steps` of a schedule of `length` steps.
    ///
    /// `pause` is asked every few thousand steps, with the steps done, and stops the search by
    /// returning a reason.  A search that ends before its schedule does is quenched: only
    /// improvements are taken for some steps more, so that what it leaves can be used.
    mutating func run(
        steps: Int, length: Int, pause: (Int) -> SearchStop?
    ) -> (steps: Int, stop: SearchStop) {
        guard model.tileCount > 0, sdcCount > 1 else { return (0, .steps) }
        let epoch = 4096
        var done = 0
        var stop: SearchStop?
        while done < steps {
            stop = pause(done)
            if stop != nil { break }
            cool(progress: Double(done) / Double(length))
            let count = min(epoch, steps - done)
            for _ in 0..<count { step() }
            done += count
        }
        if done < length { quench() }
        return (done, stop ?? .steps)
    }

    private mutating func cool(progress: Double) {
        let cooling = min(1, progress / (1 - schedule.descent))
        temperature =
            cooling < 1 ? schedule.start * power(schedule.end / schedule.start, cooling) : 0
        state.penaltyWeight =
            schedule.firstPenalty * power(schedule.lastPenalty / schedule.firstPenalty, cooling)
    }

    /// Takes improvements alone, at the full penalties.
    private mutating func quench() {
        cool(progress: 1)
        for _ in 0..<(400 * (model.observationCount + model.tileCount)) { step() }
    }

    @inline(__always)
    private mutating func step() {
        let kind = random.below(64)
        if kind < 24 {
            changeObservation()
        } else if kind < 46 {
            changeTile()
        } else if kind < 54 {
            changeTileSecondary()
        } else {
            exchangeTiles()
        }
    }

    @inline(__always)
    private mutating func accepts(_ change: Double) -> Bool {
        if change <= 0 { return true }
        guard temperature > 0, change < 20 * temperature else { return false }
        return change < -temperature * logarithm(random.unit())
    }

    /// A random tile of an observation; -1 where it has none.
    @inline(__always)
    private mutating func tile(of observation: Int) -> Int {
        let start = Int(model.tilesOfStart[observation])
        let count = Int(model.tilesOfStart[observation + 1]) - start
        return count == 0 ? -1 : Int(model.tilesOf[start + random.below(count)])
    }

    /// A random observation of a tile.
    @inline(__always)
    private mutating func observation(of tile: Int) -> Int {
        let start = Int(model.observationsOfStart[tile])
        let count = Int(model.observationsOfStart[tile + 1]) - start
        return Int(model.observationsOf[start + random.below(count)])
    }

    @inline(__always)
    private mutating func changeObservation() {
        let observation = random.below(model.observationCount)
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
    private mutating func candidate(for tile: Int) -> Int {
        let observation = observation(of: tile)
        switch random.below(16) {
        case 0: return random.below(sdcCount)
        case 1..<6: return Int(state.observationPrimary[observation])
        case 6..<11: return Int(state.observationSecondary[observation])
        default: return Int(state.tilePrimary[self.tile(of: observation)])
        }
    }

    @inline(__always)
    private mutating func changeTile() {
        let tile = random.below(model.tileCount)
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
    private mutating func changeTileSecondary() {
        let tile = random.below(model.tileCount)
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
    private mutating func exchangeTiles() {
        let tile = random.below(model.tileCount)
        let wanted = candidate(for: tile)
        let old = Int(state.tilePrimary[tile])
        guard wanted != old else { return }
        let bucket = Int(model.tileBucket[tile])
        let start = Int(model.bucketTilesStart[bucket])
        let count = Int(model.bucketTilesStart[bucket + 1]) - start
        for _ in 0..<12 {
            let other = Int(model.bucketTiles[start + random.below(count)])
            guard Int(state.tilePrimary[other]) == wanted, hasNear(other, old) else { continue }
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
    private mutating func tryExchange(_ tile: Int, _ other: Int) {
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
