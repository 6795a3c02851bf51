import GroundSegment

/// Simulated annealing on the exact cost (Kirkpatrick, Gelatt & Vecchi 1983, Science 220, 671),
/// each step one small change evaluated incrementally.
///
/// Changes are drawn from what is near (`Annealing+Drawing`).  Exchanges of two tiles of one bucket
/// keep every band.
final class Annealing {
    let state: SearchState
    let model: SearchModel
    var random: SeededGenerator
    /// TB; changes for the worse are taken with the probability exp(-change / temperature).
    var temperature = 0.0
    /// What counts how much at present.
    var weights: SearchWeights
    private var turn = 0
    /// TB that the present step's change may cost.
    var limit = 0.0
    /// The items that may change come first; and whether a tile is one of them.
    private let openObservations: Lane<Int32>
    private let openTiles: Lane<Int32>
    private var observationCount = 0
    private var tileCount = 0
    let mayChange: Lane<Bool>
    /// Whether an observation is one of them.
    let mayFollow: Lane<Bool>
    /// Observations that followed a tile in the present step, with the SDCs that they had.
    let followed: Lane<Followed>
    var followedCount = 0
    /// Whether another annealer may change an observation; false between two calls of `allow`.
    private let isOther: Lane<Bool>
    let sdcCount: Int
    /// Of eight changes of a tile those that take a pair of SDCs from beside, and of an observation
    /// those that bring another SDC; the others turn its pair round.
    let pairsOfEight: UInt64
    private let replacementsOfEight: UInt64
    private let turns = Lane(Annealing.turns)
    /// -ln((1 + (i + 0.5) / 256) / 2) by i.
    private let logarithms = Lane((0..<256).map { -logarithm((1 + (Double($0) + 0.5) / 256) / 2) })

    /// Among fewer items hardly any border lies between regions that it could move through, and
    /// what is turned round makes room in a cell.
    private static let fewItems = 200

    init(_ state: SearchState, seed: UInt64) {
        self.state = state
        model = state.model
        sdcCount = state.sdcCount
        let isSmall = state.model.itemCount < Self.fewItems
        pairsOfEight = isSmall ? 1 : 3
        replacementsOfEight = isSmall ? 4 : 7
        weights = SearchWeights()
        random = SeededGenerator(seed: seed)
        openObservations = Lane(repeating: 0, count: state.model.observationCount)
        openTiles = Lane(repeating: 0, count: state.model.tileCount)
        mayChange = Lane(repeating: false, count: state.model.tileCount)
        mayFollow = Lane(
            repeating: false, count: state.model.observationCount + state.model.earlierCount)
        followed = Lane(
            repeating: Followed(observation: 0, primary: 0, secondary: 0),
            count: 2 * state.model.mostLinks)
        isOther = Lane(
            repeating: false, count: state.model.observationCount + state.model.earlierCount)
    }

    /// Lets the items of a part change, without the tiles that share an observation with `other`,
    /// which another annealer changes at the same time.
    func allow(_ part: SearchPart, apartFrom other: SearchPart) {
        for tile in tiles { mayChange[Int(tile)] = false }
        for observation in observations { mayFollow[Int(observation)] = false }
        for observation in other.observations { isOther[Int(observation)] = true }
        observationCount = 0
        tileCount = 0
        for observation in part.observations {
            openObservations[observationCount] = observation
            observationCount += 1
            mayFollow[Int(observation)] = true
        }
        for tile in part.tiles {
            let isShared = model.links(ofTile: Int(tile)).contains {
                isOther[Int(model.observationsOf[$0])]
            }
            if !isShared {
                openTiles[tileCount] = tile
                tileCount += 1
                mayChange[Int(tile)] = true
            }
        }
        for observation in other.observations { isOther[Int(observation)] = false }
    }

    /// The observations and tiles that may change, and how many they are.
    var observations: [Int32] { openObservations.prefix(observationCount) }
    var tiles: [Int32] { openTiles.prefix(tileCount) }
    var itemCount: Int { observationCount + tileCount }

    /// Takes `count` steps at the present temperature and weights.
    func run(_ count: Int) {
        var random = self.random
        for _ in 0..<count { step(&random) }
        self.random = random
    }

    private enum Step: UInt8 {
        case observation, trade, tile, secondary, exchange
    }

    /// What 32 steps change in turn: a power of two, so that the turn is a few bits of a count.
    private static let turns: [Step] = {
        let (o, p, t, s, x) = (
            Step.observation, Step.trade, Step.tile, Step.secondary, Step.exchange
        )
        return [
            o, t, x, p, t, o, s, t, o, t, x, p, t, o, s, t, x, o, t, p, s, t, o, x, t, p, t, s, o,
            t, o, x,
        ]
    }()

    private static let turnCount = 32

    @inline(__always)
    private func step(_ random: inout SeededGenerator) {
        let bits = random.next()
        limit = temperature * deviate(bits)
        turn = (turn + 1) & (Self.turnCount - 1)
        switch turns[turn] {
        case .observation: if observationCount > 0 { changeObservation(bits, &random) }
        case .trade: if observationCount > 0 { tradeObservations(bits, &random) }
        case _ where tileCount == 0: return
        case .tile: changeTile(bits, &random)
        case .secondary: changeTileSecondary(bits, &random)
        case .exchange: exchangeTiles(bits, &random)
        }
    }

    /// A number of the exponential distribution with mean 1: a change is taken where it costs at
    /// most this many temperatures, that is with the probability exp(-change / temperature).
    ///
    /// Of the binary number 0.bits, the leading zeros and the eight digits after the first one
    /// give the logarithm.
    @inline(__always)
    private func deviate(_ bits: UInt64) -> Double {
        let zeros = bits.leadingZeroBitCount
        let digits = ((bits << UInt64(zeros)) << 1) >> 56
        return Double(zeros) * 0.693_147_180_559_945_3 + logarithms[Int(digits)]
    }

    /// A random observation of those that may change.
    @inline(__always)
    func openObservation(_ bits: UInt64) -> Int {
        Int(openObservations[SeededGenerator.below(observationCount, bits)])
    }

    @inline(__always)
    private func changeObservation(_ bits: UInt64, _ random: inout SeededGenerator) {
        let observation = openObservation(bits)
        var first = Int(state.observationPrimary[observation])
        var second = Int(state.observationSecondary[observation])
        let more = random.next()
        let choice = more >> 61
        if choice < replacementsOfEight {
            let tile = tile(of: observation, more)
            let drawn =
                choice == 0 || tile < 0
                ? random.below(sdcCount)
                : 3 * choice <= 2 * replacementsOfEight
                    ? Int(state.tilePrimary[tile]) : Int(state.tileSecondary[tile])
            guard drawn != first, drawn != second else { return }
            if more >> 60 & 1 == 0 {
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
        let change = state.change(
            observation: observation, primary: first, secondary: second, weights: weights,
            limit: limit)
        if change <= limit {
            state.place(observation: observation, primary: first, secondary: second)
        }
    }

    @inline(__always)
    private func changeTile(_ bits: UInt64, _ random: inout SeededGenerator) {
        let tile = Int(openTiles[SeededGenerator.below(tileCount, bits)])
        let (primary, secondary) = pair(for: tile, &random)
        guard primary != Int(state.tilePrimary[tile]) || secondary != Int(state.tileSecondary[tile])
        else { return }
        guard model.mayTilePrimary[tile] >> UInt64(primary) & 1 == 1,
            model.mayTileSecondary[tile] >> UInt64(secondary) & 1 == 1
        else { return }
        tryTile(tile, (primary, secondary))
    }

    @inline(__always)
    private func changeTileSecondary(_ bits: UInt64, _ random: inout SeededGenerator) {
        let tile = Int(openTiles[SeededGenerator.below(tileCount, bits)])
        let primary = Int(state.tilePrimary[tile])
        let secondary = candidate(for: tile, &random)
        guard secondary != primary, secondary != Int(state.tileSecondary[tile]),
            model.mayTileSecondary[tile] >> UInt64(secondary) & 1 == 1
        else { return }
        tryTile(tile, (primary, secondary))
    }

    /// Tiles that are looked at for an exchange: most that have the SDC which is wanted lie in the
    /// midst of what it has.
    private static let mostPartners = 3

    /// Exchanges a tile with one of the same bucket whose SDC would suit it.
    @inline(__always)
    private func exchangeTiles(_ bits: UInt64, _ random: inout SeededGenerator) {
        let tile = Int(openTiles[SeededGenerator.below(tileCount, bits)])
        let wanted = candidate(for: tile, &random)
        let old = Int(state.tilePrimary[tile])
        guard wanted != old else { return }
        let bucket = Int(model.tileBucket[tile])
        let count = state.tileMembers.count(bucket: bucket, sdc: wanted)
        guard count > 0 else { return }
        for _ in 0..<Self.mostPartners {
            let other = state.tileMembers.item(random.below(count), bucket: bucket, sdc: wanted)
            guard mayChange[other], hasNear(other, old) else { continue }
            tryExchange(tile, other)
            return
        }
    }

    /// Whether one of a tile's observations is held by `sdc` or has another tile there.
    @inline(__always)
    private func hasNear(_ tile: Int, _ sdc: Int) -> Bool {
        for link in model.links(ofTile: tile) {
            let demand = state.demands[Int(model.observationsOf[link])]
            if (demand.held | demand.primaries) >> UInt64(sdc) & 1 == 1 { return true }
        }
        return false
    }

    @inline(__always)
    private func tryExchange(_ tile: Int, _ other: Int) {
        let (first, second) = SearchState.exchanged(
            (Int(state.tilePrimary[tile]), Int(state.tileSecondary[tile])),
            (Int(state.tilePrimary[other]), Int(state.tileSecondary[other])))
        guard model.mayTilePrimary[tile] >> UInt64(first.0) & 1 == 1,
            model.mayTilePrimary[other] >> UInt64(second.0) & 1 == 1,
            model.mayTileSecondary[tile] >> UInt64(first.1) & 1 == 1,
            model.mayTileSecondary[other] >> UInt64(second.1) & 1 == 1
        else { return }
        tryExchange(tile, first, other, second)
    }
}
