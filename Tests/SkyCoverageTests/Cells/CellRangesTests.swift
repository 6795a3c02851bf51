import Testing

@testable import SkyCoverage

@Suite("CellRanges")
struct CellRangesTests {
    @Test("ranges that overlap or touch become one, in ascending order")
    func normalised() {
        let ranges = CellRanges([20..<30, 0..<5, 5..<7, 25..<31, 9..<9])
        #expect(ranges.ranges == [0..<7, 20..<31])
        #expect(ranges.count == 18)
    }

    @Test("a union holds what either holds, whichever comes first")
    func union() {
        let left = CellRanges([0..<4, 10..<12, 40..<50])
        let right = CellRanges([4..<6, 11..<20, 45..<46])
        let both: [Range<UInt64>] = [0..<6, 10..<20, 40..<50]
        #expect(left.union(right).ranges == both)
        #expect(right.union(left).ranges == both)
        #expect(CellRanges().union(left) == left)
        #expect(left.union(CellRanges()) == left)
    }

    @Test(
        "a number is contained where a range holds it, its end excluded",
        arguments: zip([0, 3, 4, 9, 10, 11, 12, 99] as [UInt64], "yynnyynn"))
    func contains(number: UInt64, expected: Character) {
        let ranges = CellRanges([0..<4, 10..<12])
        #expect(ranges.contains(number) == (expected == "y"))
    }

    @Test("widening takes whole cells, and merges what then touches")
    func widened() {
        #expect(CellRanges([3..<5, 9..<10, 16..<32]).widened(bits: 2).ranges == [0..<12, 16..<32])
    }

    @Test("the fewest cells: whole ones as coarse as they are aligned")
    func cells() {
        // With two bits an order and orders 0 to 3 a cell of order 2 holds 4 numbers.
        let cells = CellRanges([3..<17, 64..<128]).cells(bits: 2, finest: 3)
        #expect(cells == [[1..<2], [], [1..<4], [3..<4, 16..<17]])
    }

    @Test("a range over all of the axis is the coarsest cells")
    func everything() {
        #expect(CellRanges([0..<192]).cells(bits: 2, finest: 2) == [[0..<12], [], []])
    }
}
