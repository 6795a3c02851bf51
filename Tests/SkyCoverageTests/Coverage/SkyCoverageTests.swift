import SkyGeometry
import Testing

@testable import SkyCoverage

@Suite("SkyCoverage")
struct SkyCoverageTests {
    private let grid = RingGrid.mer

    private func fraction(_ box: SkyBox) -> Double {
        func sine(_ dec: Double) -> Double { SkyPosition(ra: 0, dec: dec).vector.z }
        return (box.east - box.west) / 360 * (sine(box.north) - sine(box.south)) / 2
    }

    /// Boxes on and across the borders of HEALPix's zones and faces.
    private static let boxes = [
        SkyBox(west: 10, east: 10.5, south: 20, north: 20.5),
        SkyBox(west: 359.5, east: 360, south: -0.25, north: 0.25),
        SkyBox(west: 44.9, east: 45.6, south: 41.5, north: 42.1),
        SkyBox(west: 89.7, east: 90.4, south: 60, north: 60.5),
        SkyBox(west: 179.9, east: 271, south: -80, north: -79),
        SkyBox(west: 0, east: 360, south: 89.75, north: 90),
        SkyBox(west: 0, east: 360, south: -90, north: -89.75),
        SkyBox(west: 0, east: 360, south: -90, north: 90),
        SkyBox(west: 33, east: 34, south: -60, north: 75),
    ]

    @Test("the number of cells is that of the numbers in its files", arguments: boxes)
    func cellCount(box: SkyBox) {
        let coverage = SkyCoverage(order: 7, areas: [.box(box)])
        let listed = coverage.json().split { "{}[],:\"\n".contains($0) }.count
        let orders = coverage.json().count { $0 == ":" }
        // An order may be named that lists no cell, for the resolution alone.
        #expect(coverage.cellCount == listed - orders)
        #expect(SkyCoverage(order: 7).cellCount == 0)
    }

    @Test("a box's coverage holds all of it", arguments: boxes)
    func holdsBox(box: SkyBox) {
        let coverage = SkyCoverage(order: 9, areas: [.box(box)])
        for column in 0...40 {
            for row in 0...40 {
                let position = SkyPosition(
                    ra: box.west + (box.east - box.west) * Double(column) / 40,
                    dec: box.south + (box.north - box.south) * Double(row) / 40)
                #expect(coverage.contains(position))
            }
        }
    }

    @Test("a box's coverage is no larger than a border of cells allows", arguments: boxes)
    func hugsBox(box: SkyBox) {
        let coverage = SkyCoverage(order: 12, areas: [.box(box)])
        // Cells of order 12 measure 0.0143 degrees, their diagonals less than 0.03.
        let wider = SkyBox(
            west: box.west, east: box.east, south: max(-90, box.south - 0.03),
            north: min(90, box.north + 0.03))
        let meridians = 2 * 0.03 / 360 * (box.north - box.south) / 2 * Double.pi / 180 * 2
        #expect(coverage.skyFraction >= fraction(box))
        #expect(coverage.skyFraction <= fraction(wider) + meridians)
    }

    @Test("a tile's polygon and its box have the same coverage but for the edge")
    func boxAndPolygon() {
        let box = SkyBox(west: 120, east: 120.5, south: -0.25, north: 0.25)
        // At the equator the parallels' arcs are all but great circles.
        let corners = [(120, -0.25), (120.5, -0.25), (120.5, 0.25), (120, 0.25)]
            .map { SkyPosition(ra: $0.0, dec: $0.1).vector }
        let fromBox = SkyCoverage(order: 11, areas: [.box(box)])
        let fromPolygon = SkyCoverage(
            order: 11, areas: [.polygon(ConvexPolygon(corners: corners))])
        let all = fromBox.union(fromPolygon)
        #expect(all.skyFraction - fromBox.skyFraction < 0.01 * fromBox.skyFraction)
        #expect(all.skyFraction - fromPolygon.skyFraction < 0.01 * fromBox.skyFraction)
    }

    /// Fields at the poles, across RA 0, across the zones of HEALPix and at face corners.
    private static let fields = [
        (0.0, 90.0), (77, -89.9), (0.1, 10), (45, 41.81), (180, 0), (15, -66),
    ]

    @Test("a field's coverage holds all of it and little more", arguments: fields)
    func field(longitude: Double, latitude: Double) {
        let field = ConvexPolygon.field(
            longitude: longitude, latitude: latitude, positionAngle: 31, width: 0.74, height: 0.76)
        let coverage = SkyCoverage(order: 10, areas: [.polygon(field)])
        let centre = field.centre
        var held = 0
        for column in -60...60 {
            for row in -60...60 {
                let point = UnitVector(
                    normalising: centre.x + Double(column) * 2e-4,
                    centre.y + Double(row) * 2e-4, centre.z + Double(column - row) * 1e-4)
                guard field.contains(point) else { continue }
                held += 1
                #expect(coverage.contains(SkyPosition(point)))
            }
        }
        #expect(held > 100)
        // The field and a border as wide as a cell's diagonal of 0.12 degrees: in square degrees.
        let area = coverage.skyFraction * 41_252.96
        #expect(area > 0.74 * 0.76)
        #expect(area < (0.74 + 0.24) * (0.76 + 0.24))
    }

    @Test("all tiles of the grid cover all of the sky, as the one coarsest map")
    func allSky() {
        let coarse = RingGrid(step: 10, margin: 0)
        let boxes = (1...coarse.tileCount).compactMap(coarse.cell(number:)).map(coarse.core)
        let coverage = SkyCoverage(order: 8, areas: boxes.map(SkyArea.box))
        #expect(coverage.skyFraction == 1)
        #expect(coverage.ascii() == "0/0-11 8/")
    }

    @Test("a union, an insertion and a set of areas at once give the same")
    func union() {
        let boxes = [grid.core(.init(ring: 200, place: 7)), grid.core(.init(ring: 90, place: 100))]
        let areas = boxes.map(SkyArea.box)
        let atOnce = SkyCoverage(order: 9, areas: areas)
        var inserted = SkyCoverage(order: 9)
        for area in areas { inserted.insert(area) }
        #expect(inserted == atOnce)
        let apart = areas.map { SkyCoverage(order: 9, areas: [$0]) }
        #expect(apart[1].union(apart[0]) == atOnce)
    }

    @Test("the order of the areas does not matter")
    func shuffled() {
        let boxes = (0..<50).map { grid.core(.init(ring: 180 + $0 % 3, place: $0)) }
        let areas = boxes.map(SkyArea.box)
        #expect(
            SkyCoverage(order: 10, areas: areas) == SkyCoverage(order: 10, areas: areas.reversed()))
    }

    @Test("a coarser map covers what the finer one does")
    func degraded() {
        let areas = [SkyArea.box(grid.core(.init(ring: 200, place: 7)))]
        let fine = SkyCoverage(order: 11, areas: areas)
        #expect(fine.degraded(to: 8) == SkyCoverage(order: 8, areas: areas))
        #expect(fine.degraded(to: 12) == fine)
    }

    @Test("no areas cover nothing")
    func empty() {
        let coverage = SkyCoverage(order: 3)
        #expect(coverage.isEmpty)
        #expect(coverage.skyFraction == 0)
        #expect(!coverage.contains(SkyPosition(ra: 1, dec: 1)))
    }
}
