import Foundation
import SkyGeometry
import Testing

@Suite("RingGrid")
struct RingGridTests {
    @Test("published tiles of Euclid Q1 hold their objects to within one tile, 65 of 66")
    func published() throws {
        let file = try #require(
            Bundle.module.url(
                forResource: "object_in_tile_samples", withExtension: "csv",
                subdirectory: "Samples"))
        let rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
            .dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
        let near = rows.filter { row in
            let cell = RingGrid.mer.cell(at: SkyPosition(ra: row[1], dec: row[2]))
            return abs(RingGrid.mer.number(cell) - Int(row[0])) <= 1
        }
        #expect(rows.count == 66)
        #expect(near.count == 65)
    }

    @Test("numbers run along a ring from RA 0 and ring by ring from the south")
    func numbering() {
        let grid = RingGrid(step: 30, margin: 0, firstNumber: 100)
        #expect(grid.ringCount == 7)
        #expect(grid.number(RingGrid.Cell(ring: 0, place: 0)) == 100)
        #expect(grid.number(RingGrid.Cell(ring: 1, place: 0)) == 101)
        #expect(
            grid.number(RingGrid.Cell(ring: 2, place: 0)) == 101 + grid.count(ring: 1))
        // 12 tiles of 30 degrees at the equator.
        #expect(grid.count(ring: 3) == 12)
        #expect(
            grid.number(RingGrid.Cell(ring: 6, place: 0)) == 100 + grid.tileCount - 1)
    }

    @Test("every number has its tile and every tile its number")
    func roundTrip() throws {
        let grid = RingGrid(step: 5, margin: 0.1, firstNumber: 7)
        for number in 7..<(7 + grid.tileCount) {
            #expect(grid.number(try #require(grid.cell(number: number))) == number)
        }
        #expect(grid.cell(number: 6) == nil)
        #expect(grid.cell(number: 7 + grid.tileCount) == nil)
    }

    @Test("the caps are one tile each")
    func caps() {
        let grid = RingGrid.mer
        #expect(grid.ringCount == 361)
        #expect(grid.count(ring: 0) == 1 && grid.count(ring: 360) == 1)
        #expect(grid.declination(ring: 0) == -90 && grid.declination(ring: 360) == 90)
        #expect(grid.count(ring: 180) == 720)
    }

    @Test("a step has to divide 180", arguments: [(0.5, true), (7, false), (0, false), (90, true)])
    func steps(step: Double, isValid: Bool) {
        #expect(RingGrid.isValid(step: step) == isValid)
    }
}
