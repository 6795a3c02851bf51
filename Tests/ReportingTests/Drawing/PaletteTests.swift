import Testing

@testable import Reporting

@Suite("Palette")
struct PaletteTests {
    @Test("every SDC has a colour of its own", arguments: [1, 2, 9, 10, 64])
    func distinct(count: Int) {
        #expect(Palette.colours(count).count == count)
        #expect(Set(Palette.colours(count)).count == count)
    }
}
