import Testing

@testable import Execution

@Suite struct WordsTests {
    @Test(
        "times are told in hours, minutes and seconds",
        arguments: [
            (0.4, "0:00:00"), (59.6, "0:01:00"), (98100, "27:15:00"), (-3, "0:00:00"), (.nan, ""),
            (.infinity, ""),
        ])
    func time(seconds: Double, text: String) {
        #expect(Words.time(seconds) == text)
    }

    @Test(
        "numbers are told with one decimal",
        arguments: [
            (0.04, "0.0"), (1.25, "1.3"), (-0.2, "-0.2"), (100, "100.0"), (.nan, "-"), (1e300, "-"),
        ])
    func tenths(number: Double, text: String) {
        #expect(Words.tenths(number) == text)
    }
}
