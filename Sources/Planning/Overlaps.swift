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

    /// The overlaps of `observations` with the tiles of `grid`.
    public init(observations: [Observation], grid: RingGrid) {
        var areas: [RingGrid.Cell: TileArea] = [:]
        var found: [(observation: Int, number: Int, fraction: Double)] = []
        for (index, observation) in observations.enumerated() {
            let centre = observation.footprint.centre
            let radius = observation.footprint.radius(around: centre)
            for cell in grid.cells(around: SkyPosition(centre), radius: radius) {
                let area =
                    areas[cell] ?? TileArea(centre: grid.centre(cell), outer: grid.outerArea(cell))
                areas[cell] = area
                let fraction = area.fractionCovered(
                    by: observation.footprint, fieldCentre: centre, fieldRadius: radius)
                if fraction >= Self.leastFraction {
                    found.append((index, grid.number(cell), fraction))
                }
            }
        }
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
        links = found.map {
            Link(observation: $0.observation, tile: place[$0.number] ?? 0, fraction: $0.fraction)
        }
        .sorted { ($0.observation, $0.tile) < ($1.observation, $1.tile) }
    }
}
