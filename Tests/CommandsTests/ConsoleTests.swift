import Testing

@testable import Commands

@Suite struct ConsoleTests {
    @Test("a line holds as many parts as the terminal is wide, one column left free")
    func parts() {
        let parts = ["best 110.90 TB", "8 s left", "gap 0.64%"]
        func line(_ width: Int) -> String { Console.fitted("search     12%", parts, width: width) }
        #expect(line(80) == "search     12% best 110.90 TB, 8 s left, gap 0.64%")
        #expect(line(51) == "search     12% best 110.90 TB, 8 s left, gap 0.64%")
        #expect(line(50) == "search     12% best 110.90 TB, 8 s left")
        #expect(line(30) == "search     12% best 110.90 TB")
        #expect(line(29) == "search     12%")
    }

    @Test("a text that is too long itself is cut, whatever the width")
    func cut() {
        #expect(Console.fitted("planning   3 of 27", [], width: 11) == "planning  ")
        #expect(Console.fitted("planning", ["x"], width: 0) == "p")
    }
}
