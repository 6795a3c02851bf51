import Documents
import Testing

@Suite("PlainText")
struct PlainTextTests {
    @Test("whole numbers have no decimal point")
    func number() {
        #expect(PlainText.number(90) == "90" && PlainText.number(0.05) == "0.05")
        #expect(PlainText.number(-3) == "-3" && PlainText.number(1e16) == "1e+16")
    }

    @Test("decimal numbers are read, in any of their forms")
    func decimals() {
        #expect(PlainText.decimal("1.5") == 1.5 && PlainText.decimal("-2e3") == -2000)
        #expect(PlainText.decimal("+4") == 4)
    }

    @Test(
        "what is no finite decimal number is none",
        arguments: ["", "0x10", "nan", "inf", "1e999", " 1", "1_0", "1,5", "e", "--1"])
    func noNumber(text: String) {
        #expect(PlainText.decimal(text) == nil)
    }

    @Test("what surrounds a text goes, what is in it stays")
    func trimmed() {
        #expect(PlainText.trimmed(" \t a b\r\n") == "a b")
        #expect(PlainText.trimmed(" \n ") == "" && PlainText.trimmed("caf\u{E9}") == "caf\u{E9}")
    }

    @Test("a text of spaces or with control characters cannot be printed on one line")
    func printable() {
        #expect(PlainText.isPrintable("a b") && PlainText.isPrintable("caf\u{E9}"))
        #expect(!PlainText.isPrintable("") && !PlainText.isPrintable("  "))
        #expect(!PlainText.isPrintable("a\nb") && !PlainText.isPrintable("a\u{2028}b"))
        #expect(!PlainText.isPrintable("a\u{0}b"))
    }

    @Test("a quoted text is on one line and not too long")
    func quoted() {
        #expect(PlainText.quoted("a \"é\"") == "\"a \"é\"\"")
        #expect(PlainText.quoted("a\nb\u{2028}") == "\"a\u{FFFD}b\u{FFFD}\"")
        let long = String(repeating: "x", count: 101)
        #expect(PlainText.quoted(long) == "\"\(long.dropLast())...\"")
    }
}
