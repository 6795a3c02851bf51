import Testing

@testable import Reporting

@Suite("NumberText")
struct NumberTextTests {
    @Test(
        "thousands are set apart and digits rounded",
        arguments: [
            (0.0, 0, "0"), (999, 0, "999"), (1000, 0, "1,000"), (1_234_567.891, 1, "1,234,567.9"),
            (-1234.5, 1, "-1,234.5"), (-0.04, 1, "0.0"), (12.345, 2, "12.35"),
        ])
    func grouped(value: Double, digits: Int, text: String) {
        #expect(NumberText.grouped(value, digits) == text)
    }

    @Test("a ratio becomes percent, with its sign where asked")
    func percent() {
        #expect(NumberText.percent(0.0135) == "1.4\u{a0}%")
        #expect(NumberText.signedPercent(0.05) == "+5.0\u{a0}%")
        #expect(NumberText.signedPercent(-0.05) == "-5.0\u{a0}%")
    }

    @Test("a coordinate keeps a tenth only where it has one")
    func coordinate() {
        #expect(NumberText.coordinate(12.04) == "12")
        #expect(NumberText.coordinate(12.06) == "12.1")
        #expect(NumberText.coordinate(-0.01) == "0")
    }

    @Test("one is singular")
    func count() {
        #expect(NumberText.count(1, "copy", "copies") == "1 copy")
        #expect(NumberText.count(1023, "copy", "copies") == "1,023 copies")
    }
}
