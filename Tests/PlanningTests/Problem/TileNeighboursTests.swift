import GroundSegment
import SkyGeometry
import Testing

@testable import Planning

@Suite("Tile neighbours")
struct TileNeighboursTests {
    private static let grid = RingGrid(step: 10, margin: 0.1)

    private func tile(_ ring: Int, _ place: Int) -> Tile {
        let cell = RingGrid.Cell(ring: ring, place: place)
        return Tile(
            id: ID("\(ring)/\(place)"), centre: Self.grid.centre(cell),
            core: .box(Self.grid.core(cell)), outer: Self.grid.outerArea(cell))
    }

    private var wholeSky: [Tile] {
        (0..<Self.grid.ringCount).flatMap { ring in
            (0..<Self.grid.count(ring: ring)).map { tile(ring, $0) }
        }
    }

    @Test("two tiles are neighbours where their inner areas have more than a corner in common")
    func wholeSkyByArea() {
        let tiles = wholeSky
        func box(_ tile: Int) -> SkyBox {
            guard case .box(let box) = tiles[tile].core else { preconditionFailure() }
            return box
        }
        func areBeside(_ one: SkyBox, _ other: SkyBox) -> Bool {
            let isSameRing = abs(one.south - other.south) < 1e-9
            if isSameRing {
                return abs(one.east - other.west) < 1e-9 || abs(other.east - one.west) < 1e-9
                    || abs(one.east - 360 - other.west) < 1e-9
                    || abs(other.east - 360 - one.west) < 1e-9
            }
            let isNextRing =
                abs(one.north - other.south) < 1e-9 || abs(other.north - one.south) < 1e-9
            return isNextRing && min(one.east, other.east) - max(one.west, other.west) > 1e-9
        }
        let expected = Set(
            tiles.indices.flatMap { first in
                (first + 1..<tiles.count).filter { areBeside(box(first), box($0)) }
                    .map { TileNeighbours.Pair(first: first, second: $0) }
            })
        let found = TileNeighbours(tiles).pairs
        #expect(Set(found) == expected && found.count == expected.count)
        #expect(found == found.sorted())
    }

    @Test("a ring closes at RA 0, and a polar cap has every tile of the next ring")
    func seams() {
        let count = Self.grid.count(ring: 9)
        let ring = [tile(9, 0), tile(9, 1), tile(9, count - 1)]
        #expect(
            TileNeighbours(ring).pairs.map { [$0.first, $0.second] } == [[0, 1], [0, 2]])
        let south = [tile(0, 0)] + (0..<Self.grid.count(ring: 1)).map { tile(1, $0) }
        #expect(
            TileNeighbours(south).pairs.count { $0.first == 0 } == Self.grid.count(ring: 1))
    }

    @Test("tiles apart, one tile and none have no neighbours")
    func none() {
        #expect(TileNeighbours([]).pairs.isEmpty)
        #expect(TileNeighbours([tile(9, 3)]).pairs.isEmpty)
        #expect(TileNeighbours([tile(9, 3), tile(9, 5), tile(11, 3)]).pairs.isEmpty)
    }
}
