import GroundSegment

/// The numbers of a problem in flat form, as the search reads them; nothing in it changes.
///
/// Lanes have observations and tiles apart, each from 0, so that a step knows which it reads.
final class SearchModel: Sendable {
    let sdcCount: Int
    let bucketCount: Int
    let observationCount: Int
    let tileCount: Int
    var itemCount: Int { observationCount + tileCount }

    nonisolated(unsafe) let observationBucket: Lane<Int32>
    nonisolated(unsafe) let tileBucket: Lane<Int32>
    nonisolated(unsafe) let tilesOfStart: Lane<Int32>
    nonisolated(unsafe) let tilesOf: Lane<Int32>
    nonisolated(unsafe) let observationsOfStart: Lane<Int32>
    nonisolated(unsafe) let observationsOf: Lane<Int32>
    /// The items of each bucket that may change.
    nonisolated(unsafe) let bucketTilesStart: Lane<Int32>
    nonisolated(unsafe) let bucketTiles: Lane<Int32>
    nonisolated(unsafe) let bucketObservationsStart: Lane<Int32>
    nonisolated(unsafe) let bucketObservations: Lane<Int32>
    nonisolated(unsafe) let isOpenObservation: Lane<Bool>
    nonisolated(unsafe) let isOpenTile: Lane<Bool>

    nonisolated(unsafe) let mayObservationPrimary: Lane<UInt64>
    nonisolated(unsafe) let mayObservationSecondary: Lane<UInt64>
    nonisolated(unsafe) let mayTilePrimary: Lane<UInt64>
    nonisolated(unsafe) let mayTileSecondary: Lane<UInt64>

    /// What a pair of neighbouring tiles with different primaries counts, TB, and each tile's
    /// neighbours on the sky.
    let borderCost: Double
    nonisolated(unsafe) let neighboursStart: Lane<Int32>
    nonisolated(unsafe) let neighbours: Lane<Int32>

    /// TB by cover row and SDC.
    nonisolated(unsafe) let external: Lane<Double>
    nonisolated(unsafe) let tilePlaces: Lane<TilePlace>

    /// Cells without any load.
    nonisolated(unsafe) let cells: Lane<SearchCell>
    nonisolated(unsafe) let storageLower: Lane<Double>
    nonisolated(unsafe) let storageUpper: Lane<Double>
    nonisolated(unsafe) let storageFree: Lane<Double>
    /// The most new bytes that keep H3, TB.
    nonisolated(unsafe) let storageMost: Lane<Double>

    /// Rank of each observation by arrival (-1 after the period), and counted days until each
    /// rank by SDC, with the period's end as the last.
    nonisolated(unsafe) let rank: Lane<Int32>
    nonisolated(unsafe) let elapsed: Lane<Double>
    let rankCount: Int

    let work: WorkUnits
    let observationVolume: Double
    let tileVolume: Double
    let volumeGrain: Double
    let gapLimit: Double
    /// TB for a copy, and for a copy of a failover.
    let copyCost: Double
    let failoverCost: Double
    /// Observations of a tile on average.
    let coverage: Double
    /// The part of a copy's volume that a copy of a failover counts.
    let failoverWeight: Double
    /// The most that a change may save for one overlap, TB: a copy and a failover copy of the
    /// largest observation.
    let mostSaved: Double
    /// The same of a failover copy alone.
    let mostFailoverSaved: Double
    /// TB that a change usually costs: a copy, or the larger part of a tile's external data.
    let typicalCost: Double
    /// Whether all observations take the same and all tiles do; where not, what each takes beyond
    /// an ordinary one, earlier observations behind this period's.
    let areAlike: Bool
    /// What more work and observations of a cell cost, where items are unequal; empty otherwise.
    nonisolated(unsafe) let prices: Lane<CellPrice>
    let hasPrices: Bool
    /// What is moved, and what may be.
    nonisolated(unsafe) let transfers: TransferModel
    nonisolated(unsafe) let observationExtra: Lane<Extra>
    nonisolated(unsafe) let tileExtra: Lane<Extra>

    /// Where the base has each item, by its number, and what leaving it costs; read only
    /// where there is one.
    let hasBase: Bool
    /// Whether the period itself was planned before, and not only earlier ones.
    let isRevision: Bool
    /// The part of the items that the base does not have.
    let newPart: Double
    nonisolated(unsafe) let basePrimary: Lane<UInt8>
    nonisolated(unsafe) let baseSecondary: Lane<UInt8>
    nonisolated(unsafe) let stability: Lane<Double>
    nonisolated(unsafe) let arrivedVolume: Lane<Double>
    /// Observations of earlier periods, numbered after those of this one, which never change.
    let earlierCount: Int
    nonisolated(unsafe) let earlierPrimary: Lane<UInt8>
    nonisolated(unsafe) let earlierSecondary: Lane<UInt8>

    /// - Parameter prices: by bucket and SDC, for a search; where items are alike, none counts.
    init(_ problem: Problem, bands: Bands, prices: [CellPrice] = []) {
        sdcCount = problem.sdcs.count
        bucketCount = problem.bucketCount
        observationCount = problem.observations.count
        tileCount = problem.tiles.count
        let items = problem.items
        observationBucket = Lane(items.buckets[items.observations].map(Int32.init))
        tileBucket = Lane(items.buckets[items.tiles].map(Int32.init))
        let earlier = EarlierObservations(problem)
        transfers = TransferModel(problem, earlier: earlier)
        earlierCount = earlier.primary.count
        earlierPrimary = Lane(earlier.primary)
        earlierSecondary = Lane(earlier.secondary)
        tilesOfStart = Lane(earlier.tilesOf.starts)
        tilesOf = Lane(earlier.tilesOf.targets)
        observationsOfStart = Lane(earlier.observationsOf.starts)
        observationsOf = Lane(earlier.observationsOf.targets)
        let revision = problem.revision
        let allowed = revision.map(problem.allowed.held) ?? problem.allowed
        mayObservationPrimary = Lane(Array(allowed.primary[items.observations]))
        mayObservationSecondary = Lane(Array(allowed.secondary[items.observations]))
        mayTilePrimary = Lane(Array(allowed.primary[items.tiles]))
        mayTileSecondary = Lane(Array(allowed.secondary[items.tiles]))
        hasBase = revision != nil
        isRevision = problem.precedent.base != nil
        newPart = revision?.newPart ?? 0
        basePrimary = Lane(revision?.primary ?? [])
        baseSecondary = Lane(revision?.secondary ?? [])
        stability = Lane(revision?.stability ?? [])
        arrivedVolume = Lane(revision?.arrivedVolume ?? [])
        let movable = allowed.choices
        let movableObservations = movable.filter(items.isObservation)
        let movableTiles = movable.filter { !items.isObservation($0) }
        let firstTile = items.observationCount
        let tiles = Adjacency(
            count: bucketCount, pairs: movableTiles.map { (items.buckets[$0], $0 - firstTile) })
        bucketTilesStart = Lane(tiles.starts)
        bucketTiles = Lane(tiles.targets)
        let observations = Adjacency(
            count: bucketCount, pairs: movableObservations.map { (items.buckets[$0], $0) })
        bucketObservationsStart = Lane(observations.starts)
        bucketObservations = Lane(observations.targets)
        isOpenObservation = Lane(repeating: false, count: observationCount)
        for observation in movableObservations { isOpenObservation[observation] = true }
        isOpenTile = Lane(repeating: false, count: tileCount)
        for tile in movableTiles { isOpenTile[tile - firstTile] = true }
        borderCost = problem.planningCase.weights.compact
        let sides = TileNeighbours(problem.tiles).pairs
        let beside = Adjacency(
            count: tileCount,
            pairs: sides.flatMap { [($0.first, $0.second), ($0.second, $0.first)] })
        neighboursStart = Lane(beside.starts)
        neighbours = Lane(beside.targets)
        external = Lane(problem.external.rows.flatMap { $0 })
        tilePlaces = Lane(
            problem.tiles.indices.map { tile in
                TilePlace(
                    start: Int32(earlier.observationsOf.starts[tile]),
                    count: Int32(
                        earlier.observationsOf.starts[tile + 1]
                            - earlier.observationsOf.starts[tile]),
                    cells: Int32(items.buckets[firstTile + tile] * problem.sdcs.count),
                    cover: Int32(problem.external.row(of: firstTile + tile) * problem.sdcs.count))
            })
        cells = Lane(
            bands.work.indices.map {
                SearchCell(
                    workLower: bands.work[$0].lower,
                    workUpper: min(bands.work[$0].upper, bands.capacity[$0]),
                    capacity: HardLimit.most(bands.capacity[$0]),
                    countLower: bands.observations[$0].lower,
                    countUpper: bands.observations[$0].upper)
            })
        storageLower = Lane(bands.storage.map(\.lower))
        storageUpper = Lane(bands.storage.map(\.upper))
        storageFree = Lane(bands.freeStorage)
        storageMost = Lane(
            problem.sdcs.map { HardLimit.most($0.storage.value) - $0.occupied.value })
        let waiting = WaitingTimes(
            sdcs: problem.sdcs, period: problem.planningCase.period,
            arrival: Array(items.instants[items.observations]))
        rank = Lane(waiting.rank)
        elapsed = Lane(waiting.elapsed.flatMap { $0 })
        rankCount = waiting.ranked.count
        let (works, volumes) = (problem.work, problem.volume)
        work = WorkUnits(
            observation: works.observation, tile: works.tile, largest: works.largest)
        observationVolume = volumes.observation
        tileVolume = volumes.tile
        volumeGrain = max(volumes.largest, 1e-12)
        gapLimit = problem.balance.gap
        coverage = problem.coverage
        copyCost = observationVolume
        failoverWeight = problem.planningCase.weights.failover
        failoverCost = observationVolume * failoverWeight
        areAlike = works.areOrdinary && volumes.areOrdinary && earlier.areOrdinary
        let own = items.observations.map {
            Extra(work: works.extra($0), volume: volumes.extra($0))
        }
        let past = earlier.extraVolumes.map { Extra(work: 0, volume: $0) }
        hasPrices = !areAlike && prices.contains { $0 != CellPrice() }
        self.prices = Lane(hasPrices ? prices : [])
        observationExtra = Lane(areAlike ? [] : own + past)
        tileExtra = Lane(
            areAlike
                ? [] : items.tiles.map { Extra(work: works.extra($0), volume: volumes.extra($0)) })
        let copies = (own + past).map { volumes.observation + $0.volume }
        let largestCopy = copies.max() ?? 0
        mostFailoverSaved = largestCopy * failoverWeight
        mostSaved =
            areAlike ? copyCost + failoverCost : largestCopy * (1 + failoverWeight)
        let typicalCopy =
            areAlike ? copyCost : copies.reduce(0, +) / Double(max(1, copies.count))
        let mostExternal = problem.external.rows.map { ($0.max() ?? 0) - ($0.min() ?? 0) }.max()
        typicalCost = max(typicalCopy, Self.partOfExternal * (mostExternal ?? 0))
    }

    /// The part of a tile's external data that counts where copies are smaller: less, and cells
    /// would be left for their sake.
    private static let partOfExternal = 0.7
    /// Observations of a tile in a survey that sees most of the sky once.
    static let usualCoverage = 3.0

    /// The most observations of a tile.
    var mostLinks: Int { (0..<tileCount).map { Int(tilePlaces[$0].count) }.max() ?? 0 }

    /// The most transfers that one change touches: of two tiles each replica, the external data and
    /// four copies of each observation, or of an observation its replica and its copies.
    var mostTransfers: Int {
        max(2 * (6 + 8 * mostLinks), 4 * (sdcCount + 1))
    }

    /// What an unequal item takes beyond an ordinary one, core-hours and TB.
    struct Extra: BitwiseCopyable {
        let work: Double
        let volume: Double
    }

    /// What an observation adds to a cell.
    @inline(__always)
    func change(observation: Int) -> SearchCell.Change {
        SearchCell.Change(
            observations: 1, tiles: 0, extra: areAlike ? 0 : observationExtra[observation].work)
    }

    /// What a tile adds to a cell.
    @inline(__always)
    func change(tile: Int) -> SearchCell.Change {
        SearchCell.Change(observations: 0, tiles: 1, extra: areAlike ? 0 : tileExtra[tile].work)
    }

    /// TB of an item beyond those of an ordinary one.
    @inline(__always)
    func extraVolume(observation: Int) -> Double {
        areAlike ? 0 : observationExtra[observation].volume
    }

    @inline(__always)
    func extraVolume(tile: Int) -> Double { areAlike ? 0 : tileExtra[tile].volume }

    /// The work of an ordinary observation and tile, core-hours, and the inverse of the largest
    /// item's.
    struct WorkUnits: Sendable {
        let observation: Double
        let tile: Double
        let perGrain: Double

        init(observation: Double, tile: Double, largest: Double) {
            self.observation = observation
            self.tile = tile
            perGrain = 1 / max(largest, 1e-9)
        }
    }

    /// Where a tile's numbers are.
    struct TilePlace: BitwiseCopyable {
        /// The first of its observations in `observationsOf`, and how many there are.
        let start: Int32
        let count: Int32
        /// The first cell of its bucket, and the first SDC of its cover in `external`.
        let cells: Int32
        let cover: Int32

        @inline(__always)
        var links: Range<Int> { Range(uncheckedBounds: (Int(start), Int(start) + Int(count))) }
    }

    /// The places of a tile's observations in `observationsOf`.
    @inline(__always)
    func links(ofTile tile: Int) -> Range<Int> { tilePlaces[tile].links }
}
