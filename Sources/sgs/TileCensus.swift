import GroundSegment
import SkyGeometry

/// Counts the tiles that a period's observations reach.
struct TileCensus {
    /// An observation counts for a tile from this part of the tile's outer area on
    /// (DISTRIBUTION section 3).
    private static let leastFraction = 0.005

    let count: Int

    init(_ planningCase: PlanningCase) {
        let grid = planningCase.grid
        var areas: [RingGrid.Cell: TileArea] = [:]
        var reached: Set<RingGrid.Cell> = []
        for observation in planningCase.survey.observations(in: planningCase.period) {
            let centre = observation.footprint.centre
            let radius = observation.footprint.radius(around: centre)
            for cell in grid.cells(around: SkyPosition(centre), radius: radius)
            where !reached.contains(cell) {
                let area =
                    areas[cell]
                    ?? TileArea(centre: grid.centre(cell), outer: grid.outerArea(cell))
                areas[cell] = area
                let fraction = area.fractionCovered(
                    by: observation.footprint, fieldCentre: centre, fieldRadius: radius)
                if fraction >= Self.leastFraction { reached.insert(cell) }
            }
        }
        count = reached.count
    }
}
