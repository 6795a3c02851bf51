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
}
