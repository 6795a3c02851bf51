import Documents
import Testing

@Suite("NumberRange")
struct NumberRangeTests {
    @Test("a range holds its bounds, and no negative zero where nothing is negative")
    func bounds() {
        let range = NumberRange.from(0, to: 2.5)
        #expect(range.text == "a number from 0 to 2.5")
        #expect(range.contains(0) && range.contains(2.5))
        #expect(!range.contains(-0.0) && !range.contains(2.6) && !range.contains(.nan))
        #expect(NumberRange.from(-1, to: 1).contains(-0.0))
    }

    @Test("zero is taken beside a range that does not reach it")
    func zero() {
        let range = NumberRange.zero(orFrom: 0.5, to: 1)
        #expect(range.text == "0 or a number from 0.5 to 1")
        #expect(range.contains(0) && range.contains(0.5) && !range.contains(0.4))
    }
}
