public import GroundSegment
public import SkyGeometry

/// Which observations overlap which tiles, and by how much (DISTRIBUTION section 3).
public struct Overlaps: Sendable {
    /// An observation and a tile overlap where the intersection covers at least this part of
    /// the tile's outer area.
    public static let leastFraction = 0.005

    /// An observation over a tile, both by their places in the lists.
    public struct Link: Hashable, Sendable {
        public let observation: Int
        public let tile: Int
        /// The covered part of the tile's outer area, 0 to 1.
        public let fraction: Double
    }

    /// The tiles that any observation overlaps, in the grid's order.
    public let tiles: [Tile]
    /// All overlaps, by observation, then by tile.
    public let links: [Link]

    /// Overlaps of observations of earlier periods with these tiles, by observation, then by
    /// tile.
    public let earlier: [Link]

    /// The overlaps that a distribution was made with.
    init(_ distribution: Distribution) {
        let place = Dictionary(
            distribution.observations.enumerated().map { ($1.observation.id, $0) },
            uniquingKeysWith: { first, _ in first })
        tiles = distribution.tiles.map(\.tile)
        links = distribution.tiles.enumerated().flatMap { tile, assigned in
            assigned.overlaps.compactMap { overlap in
                place[overlap.observation].map {
                    Link(observation: $0, tile: tile, fraction: overlap.fraction)
                }
            }
        }
        .sorted { ($0.observation, $0.tile) < ($1.observation, $1.tile) }
        earlier = []
    }

    /// The overlaps of `observations` with the tiles of `grid`.
    ///
    /// - `earlier`: observations of earlier periods; they add no tiles.
    public init(observations: [Observation], grid: RingGrid, earlier: [Observation] = []) {
        var areas: [RingGrid.Cell: TileArea] = [:]
        let found = Self.covered(by: observations, grid: grid, areas: &areas)
        let numbers = Set(found.map(\.number)).sorted()
        let place = Dictionary(uniqueKeysWithValues: zip(numbers, numbers.indices))
        tiles = numbers.compactMap { number in
            grid.cell(number: number).flatMap { cell in areas[cell].map { (cell, $0) } }
                .map { cell, area in
                    Tile(
                        id: ID(String(number)), centre: area.centre,
                        core: .box(grid.core(cell)), outer: area.outer)
                }
        }
        links = Self.links(found, place)
        self.earlier = Self.links(
            Self.covered(by: earlier, grid: grid, areas: &areas), place)
    }

    private typealias Covered = (observation: Int, number: Int, fraction: Double)

    private static func covered(
        by observations: [Observation], grid: RingGrid, areas: inout [RingGrid.Cell: TileArea]
    ) -> [Covered] {
        var found: [Covered] = []
        for (index, observation) in observations.enumerated() {
            let centre = observation.footprint.centre
            let radius = observation.footprint.radius(around: centre)
            for cell in grid.cells(around: SkyPosition(centre), radius: radius) {
                let area =
                    areas[cell] ?? TileArea(centre: grid.centre(cell), outer: grid.outerArea(cell))
                areas[cell] = area
                let fraction = area.fractionCovered(
                    by: observation.footprint, fieldCentre: centre, fieldRadius: radius)
                if fraction >= leastFraction {
                    found.append((index, grid.number(cell), fraction))
                }
            }
        }
        return found
    }

    /// The overlaps with tiles that have a place.
    private static func links(_ found: [Covered], _ place: [Int: Int]) -> [Link] {
        found.compactMap { entry in
            place[entry.number].map {
                Link(observation: entry.observation, tile: $0, fraction: entry.fraction)
            }
        }
        .sorted { ($0.observation, $0.tile) < ($1.observation, $1.tile) }
    }
}
