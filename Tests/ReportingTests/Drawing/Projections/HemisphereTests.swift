import GroundSegment
import SkyGeometry
import Testing

@testable import Reporting

@Suite("Hemisphere")
struct HemisphereTests {
    @Test("the pole is in the middle, and areas are true", arguments: Hemisphere.allCases)
    func projection(hemisphere: Hemisphere) {
        let sign: Double = hemisphere == .north ? 1 : -1
        let middle = hemisphere.point(123, sign * 90)
        #expect(abs(middle.x - 270) < 1e-9 && abs(middle.y - 270) < 1e-9)
        let edge = hemisphere.point(0, 0).y - 270
        // Beyond 30 degrees from the equator lies half of a hemisphere.
        let half = hemisphere.point(0, sign * 30).y - 270
        #expect(abs(half * half / (edge * edge) - 0.5) < 1e-12)
    }

    @Test("right ascension runs as seen from inside: to the right below the north pole")
    func direction() {
        #expect(Hemisphere.north.point(10, 60).x > 270)
        #expect(Hemisphere.south.point(10, -60).x < 270)
    }

    @Test("a degree at the pole has its length", arguments: Hemisphere.allCases)
    func scale(hemisphere: Hemisphere) {
        let sign: Double = hemisphere == .north ? 1 : -1
        let down = hemisphere.point(0, sign * 89.99).y - 270
        #expect(abs(down * 100 - Hemisphere.unitsPerDegree) < 1e-6)
    }

    @Test("the equator belongs to the north")
    func equator() {
        let position = SkyPosition(ra: 10, dec: 0)
        #expect(Hemisphere.north.contains(position))
        #expect(!Hemisphere.south.contains(position))
        #expect(Hemisphere.south.contains(SkyPosition(ra: 10, dec: -0.1)))
    }

    @Test("the tiles of a hemisphere fill its circle", arguments: Hemisphere.allCases)
    func whole(hemisphere: Hemisphere) {
        let grid = RingGrid(step: 2, margin: 0)
        let cores = (0..<grid.ringCount).flatMap { ring in
            (0..<grid.count(ring: ring)).map { place -> TileCore in
                .box(grid.core(RingGrid.Cell(ring: ring, place: place)))
            }
        }.filter { core in
            guard case .box(let box) = core else { return false }
            return hemisphere.contains(
                SkyPosition(ra: box.west, dec: (box.south + box.north) / 2))
        }
        let path = DrawnPath(hemisphere.path(of: cores))
        let radius = Hemisphere.radius * Hemisphere.fineness
        // The ring on the equator is the north's and reaches one degree beyond it.
        let rim = (hemisphere == .north ? 1 : -1) * 0.0175
        #expect(abs(path.area / (.pi * radius * radius) - 1 - rim) < 0.005)
    }

    @Test("neighbours on a ring are one polygon")
    func run() {
        let boxes = [0.0, 1, 2, 4].map {
            TileCore.box(SkyBox(west: $0, east: $0 + 1, south: 60, north: 60.5))
        }
        #expect(DrawnPath(Hemisphere.north.path(of: boxes)).polygons.count == 2)
    }
}
