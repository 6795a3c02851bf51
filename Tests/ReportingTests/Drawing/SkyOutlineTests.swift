import GroundSegment
import SkyGeometry
import Testing

@testable import Reporting

@Suite("SkyOutline")
struct SkyOutlineTests {
    /// Units in half of the sky's height; the whole sky has the area 2 pi units squared.
    private static let unit = 100_000.0

    private func drawn(_ cores: [TileCore], centre: Double = 0) -> DrawnPath {
        let outline = SkyOutline(projection: Mollweide(centre: centre)) { x, y in
            (x * Self.unit, y * Self.unit)
        }
        return DrawnPath(outline.path(of: cores))
    }

    private func partOfSky(_ path: DrawnPath) -> Double {
        path.area / (Self.unit * Self.unit) / (2 * .pi)
    }

    private func cores(of grid: RingGrid) -> [TileCore] {
        (0..<grid.ringCount).flatMap { ring in
            (0..<grid.count(ring: ring)).map {
                .box(grid.core(RingGrid.Cell(ring: ring, place: $0)))
            }
        }
    }

    @Test("the tiles of the whole sky fill the map exactly", arguments: [0.0, 180])
    func wholeSky(centre: Double) {
        let all = cores(of: RingGrid(step: 2, margin: 0))
        #expect(abs(partOfSky(drawn(all, centre: centre)) - 1) < 1e-3)
    }

    @Test(
        "every other tile of the sky fills half of it: nothing streaks across",
        arguments: [0.0, 180])
    func chequered(centre: Double) {
        let all = cores(of: RingGrid(step: 2, margin: 0)).enumerated()
        let even = drawn(all.filter { $0.offset % 2 == 0 }.map(\.element), centre: centre)
        let odd = drawn(all.filter { $0.offset % 2 == 1 }.map(\.element), centre: centre)
        #expect(abs(partOfSky(even) + partOfSky(odd) - 1) < 1e-3)
        #expect(abs(partOfSky(even) - 0.5) < 0.01)
    }

    @Test("a tile on the seam is drawn at both edges")
    func seam() {
        let box = SkyBox(west: 179.5, east: 180.5, south: 0, north: 0.5)
        let path = drawn([.box(box)])
        #expect(path.polygons.count == 2)
        #expect(path.widest < 0.01 * Self.unit)
        let xs = path.polygons.map { $0.map(\.x).reduce(0, +) / Double($0.count) }.sorted()
        #expect(xs[0] < -1.98 * Self.unit)
        #expect(xs[1] > 1.98 * Self.unit)
    }

    @Test("a tile that ends at RA 360 does not jump to RA 0", arguments: [0.0, 180])
    func lastOfRing(centre: Double) {
        let box = SkyBox(west: 359, east: 360, south: 0, north: 0.5)
        let path = drawn([.box(box)], centre: centre)
        #expect(path.polygons.count == 1)
        #expect(path.widest < 0.02 * Self.unit)
    }

    @Test("neighbours on a ring are one polygon, also across RA 0")
    func run() {
        let boxes = [
            SkyBox(west: 359, east: 360, south: 0, north: 0.5),
            SkyBox(west: 0, east: 1, south: 0, north: 0.5),
            SkyBox(west: 1, east: 2, south: 0, north: 0.5),
            SkyBox(west: 3, east: 4, south: 0, north: 0.5),
        ]
        #expect(drawn(boxes.map(TileCore.box)).polygons.count == 2)
    }

    @Test("a polar cap has its own area", arguments: [0, 1])
    func polarCaps(end: Int) {
        let grid = RingGrid(step: 10, margin: 0)
        let cap = grid.core(RingGrid.Cell(ring: end * (grid.ringCount - 1), place: 0))
        // (1 - sin 85 degrees) / 2 of the sphere.
        #expect(abs(partOfSky(drawn([.box(cap)])) - 0.0019027) < 2e-5)
    }

    @Test(
        "a polygon keeps its area wherever it lies",
        arguments: [(180.0, 0.0), (180, 60), (0, 90), (123, -90), (179, 87)])
    func polygons(longitude: Double, latitude: Double) {
        func field(_ longitude: Double, _ latitude: Double) -> TileCore {
            .polygon(
                .field(
                    longitude: longitude, latitude: latitude, positionAngle: 20, width: 10,
                    height: 10))
        }
        let expected = partOfSky(drawn([field(0, 0)]))
        #expect(abs(expected - 100 / 41253) < 2e-5)
        #expect(abs(partOfSky(drawn([field(longitude, latitude)])) - expected) < 2e-5)
    }
}
