import GroundSegment
import SkyGeometry

/// The SDCs' names on the map, each where most of its tiles lie together.
struct MapLabels {
    private let distribution: Distribution
    private let role: Role
    private let projection: Mollweide

    init(_ distribution: Distribution, role: Role, projection: Mollweide) {
        self.distribution = distribution
        self.role = role
        self.projection = projection
    }

    func markup() -> Markup {
        var taken: [(x: Double, y: Double)] = []
        var labels: [Markup] = []
        for (sdc, centre) in centres() {
            let flat = projection.point(centre)
            var (x, y) = SkyMap.place(flat.x, flat.y)
            while let other = taken.first(where: { abs($0.x - x) < 56 && abs($0.y - y) < 14 }) {
                y = other.y + 14
            }
            taken.append((x, y))
            labels.append(
                Markup(
                    "text",
                    [
                        "x": NumberText.coordinate(x), "y": NumberText.coordinate(y + 4),
                        "text-anchor": "middle",
                    ], .text(sdc.text)))
        }
        return Markup("g", ["class": "owners"], labels)
    }

    /// The mean position of each SDC's tiles in the cell of the sky that holds most of them, in
    /// the SDCs' order.
    private func centres() -> [(ID<SDC>, SkyPosition)] {
        var cells: [ID<SDC>: [RingGrid.Cell: [UnitVector]]] = [:]
        let grid = RingGrid(step: 10, margin: 0)
        for entry in distribution.tiles {
            let cell = grid.cell(at: entry.tile.centre)
            cells[entry.assignment[role], default: [:]][cell, default: []]
                .append(entry.tile.centre.vector)
        }
        return distribution.sdcs.compactMap { sdc in
            let most = cells[sdc.id]?.min {
                (-$0.value.count, grid.number($0.key)) < (-$1.value.count, grid.number($1.key))
            }
            return most.flatMap { UnitVector.mean($0.value) }.map { (sdc.id, SkyPosition($0)) }
        }
    }
}
