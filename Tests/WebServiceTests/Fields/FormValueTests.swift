import Testing

@testable import WebService

@Suite struct FormValueTests {
    @Test(
        "a number may have lost its plus to a space",
        arguments: [
            ("5", 5), (" 5", 5), ("+5", 5), ("5 ", 5), ("1e+1", 10), ("1e 1", 10), ("1E 1", 10),
            ("-5", -5), (" -5", -5), ("", nil), (" ", nil), ("5 5", nil), ("1 e1", nil),
            ("- 5", nil), ("x", nil), ("nan", nil), ("0x1", nil), ("e 1", nil), ("1e  1", nil),
        ] as [(String, Double?)])
    func numbers(_ text: String, _ number: Double?) {
        #expect(FormValue.number(text) == number)
    }
}
