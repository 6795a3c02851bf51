import GroundSegment
import SkyGeometry

/// Finds the tile that owns a position, by the cells of a ring grid that each tile touches.
struct TileIndex: Sendable {
    /// The cells' size suits tiles from arc minutes to whole rings.
    private static let grid = RingGrid(step: 0.5, margin: 0, firstNumber: 0)
    private let tiles: [(core: TileCore, bounds: SkyBounds)]
    /// Places in `tiles` by cell number, ascending.
    private let cells: [Int: [Int32]]

    /// An index of inner areas; where two hold a position, the first of them owns it.
    init(_ cores: [TileCore]) {
        tiles = cores.map { ($0, SkyBounds($0)) }
        var cells: [Int: [Int32]] = [:]
        for (place, tile) in tiles.enumerated() {
            for cell in Self.cells(of: tile.bounds) {
                cells[cell, default: []].append(Int32(place))
            }
        }
        self.cells = cells
    }

    /// The place of the first inner area that holds `position`.
    func place(at position: SkyPosition) -> Int? {
        let cell = Self.grid.number(Self.grid.cell(at: position))
        return cells[cell]?.first { place in
            let tile = tiles[Int(place)]
            return tile.bounds.contains(position) && tile.core.contains(position)
        }.map(Int.init)
    }

    private static func cells(of bounds: SkyBounds) -> [Int] {
        let first = grid.cell(at: SkyPosition(ra: 0, dec: bounds.south)).ring
        let last = grid.cell(at: SkyPosition(ra: 0, dec: bounds.north)).ring
        return (first...last).flatMap { ring -> [Int] in
            let count = grid.count(ring: ring)
            let west = Int(bounds.west / 360 * Double(count))
            let east = Int(bounds.east / 360 * Double(count))
            // A whole ring once, however far the box reaches around it.
            return (west...min(east, west + count - 1)).map {
                grid.number(RingGrid.Cell(ring: ring, place: $0 % count))
            }
        }
    }
}

extension SkyBounds {
    /// Whether the closed box holds `position`, or its like one turn on.
    fileprivate func contains(_ position: SkyPosition) -> Bool {
        let isWithin = position.dec >= south && position.dec <= north
        return isWithin
            && ((position.ra >= west && position.ra <= east)
                || (position.ra + 360 >= west && position.ra + 360 <= east))
    }
}
