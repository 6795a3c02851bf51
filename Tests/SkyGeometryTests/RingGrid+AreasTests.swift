import SkyGeometry
import Testing

@Suite("RingGrid's areas")
struct RingGridAreasTests {
    private let grid = RingGrid(step: 5, margin: 0.2)

    private var cells: [RingGrid.Cell] {
        (0..<grid.ringCount).flatMap { ring in
            (0..<grid.count(ring: ring)).map { RingGrid.Cell(ring: ring, place: $0) }
        }
    }

    /// Positions all over the sky, with edges, poles and RA 0 among them.
    private var positions: [SkyPosition] {
        let ras = [0, 0.001, 17.3, 90, 179.999, 180, 233.3, 359.999]
        let decs = [-90, -89.99, -87.5, -60.1, -0.001, 0, 2.5, 33.3, 87.49, 89.9, 90]
        return ras.flatMap { ra in decs.map { SkyPosition(ra: ra, dec: $0) } }
    }

    @Test("every position lies in exactly one core, that of its tile")
    func partition() {
        for position in positions {
            let holding = cells.filter { grid.core($0).contains(position) }
            #expect(holding == [grid.cell(at: position)])
        }
    }

    @Test("a core holds its western and southern edge and not the others")
    func halfOpen() {
        let box = SkyBox(west: 10, east: 11, south: -1, north: 0)
        #expect(box.contains(SkyPosition(ra: 10, dec: -1)))
        #expect(!box.contains(SkyPosition(ra: 11, dec: -0.5)))
        #expect(!box.contains(SkyPosition(ra: 10.5, dec: 0)))
    }

    @Test("a tile's centre lies in its core and in its outer area")
    func centres() {
        for cell in cells {
            let centre = grid.centre(cell)
            #expect(grid.cell(at: centre) == cell)
            #expect(grid.outerArea(cell).contains(centre.vector))
        }
    }

    @Test("the outer area of a MER tile is 32' on a side at the equator")
    func outer() {
        let corners = RingGrid.mer.outerArea(RingGrid.Cell(ring: 180, place: 5)).corners
        for (from, to) in zip(corners, corners.dropFirst()) {
            #expect(abs(from.separation(from: to) * 60 - 32) < 0.001)
        }
    }

    @Test("no tile that a field touches is left out, at RA 0 and at the poles neither")
    func around() {
        let areas = cells.map {
            ($0, TileArea(centre: grid.centre($0), outer: grid.outerArea($0)))
        }
        for position in positions {
            for size in [0.7, 12.0] {
                let field = ConvexPolygon.field(
                    longitude: position.ra, latitude: position.dec, positionAngle: 30,
                    width: size, height: size)
                let centre = field.centre
                let radius = field.radius(around: centre)
                let touched = areas.filter {
                    $0.1.fractionCovered(by: field, fieldCentre: centre, fieldRadius: radius) > 0
                }
                let candidates = grid.cells(around: SkyPosition(centre), radius: radius)
                #expect(!touched.isEmpty)
                #expect(Set(touched.map(\.0)).isSubset(of: candidates))
                #expect(Set(candidates).count == candidates.count)
            }
        }
    }
}
