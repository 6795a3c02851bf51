import Testing

@testable import SkyCoverage

@Suite("HEALPixCell")
struct HEALPixCellTests {
    @Test("the children of a cell share its numbers in their order")
    func children() {
        let cell = HEALPixCell(order: 7, face: 9, x: 101, y: 22)
        let ranges = (0..<4).map { cell.child($0).range }
        #expect(ranges[0].lowerBound == cell.range.lowerBound)
        #expect(ranges[3].upperBound == cell.range.upperBound)
        for number in 1..<4 {
            #expect(ranges[number].lowerBound == ranges[number - 1].upperBound)
        }
    }

    @Test("the last cell of the sky ends where the numbers end")
    func last() {
        let edge = 1 << 29 - 1
        let cell = HEALPixCell(order: 29, face: 11, x: edge, y: edge)
        #expect(cell.range.upperBound == HEALPixCell.axisLength)
    }

    @Test("a cell is found again by its number", arguments: [0, 3, 10, 29])
    func number(order: Int) {
        let last = UInt64(12) << UInt64(2 * order) - 1
        for number in [0, last / 3, last / 2, last] {
            let cell = HEALPixCell(order: order, number: number)
            #expect(cell.range.lowerBound == number << UInt64(2 * (29 - order)))
        }
    }

    @Test("centres are those of the published tables")
    func centre() {
        // Górski et al. 2005, equations 4 and 8: the first cell of order 0 lies at z = 2/3 and 45
        // degrees, the fifth at z = 0 and 0.
        let north = HEALPixCell(order: 0, number: 0).centre
        #expect(abs(north.ra - 45) < 1e-9 && abs(north.dec - 41.8103148957786) < 1e-9)
        let equator = HEALPixCell(order: 0, number: 4).centre
        #expect(abs(equator.ra) < 1e-9 && abs(equator.dec) < 1e-9)
    }
}
