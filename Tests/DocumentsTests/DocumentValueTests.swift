import Documents
import Testing

@Suite("DocumentValue")
struct DocumentValueTests {
    @Test(
        "a plain scalar is null, true, false, a number or, in YAML, a text",
        arguments: ["null", "Null", "NULL", "~", ""])
    func null(word: String) {
        let value = DocumentValue(content: .plain(word), mark: .start)
        #expect(value.isNull && value.text == nil && value.word == word)
        #expect(!DocumentValue(content: .text(word), mark: .start).isNull)
    }

    @Test(
        "numbers are those of JSON, written without quotes",
        arguments: [
            ("0", 0), ("-1.5", -1.5), ("1e3", 1000), ("12E-1", 1.2), ("010", nil), ("+5", nil),
            (".5", nil), ("5.", nil), ("1e", nil), ("0x10", nil), ("1e999", nil), ("nan", nil),
            ("- 1", nil), ("1_000", nil),
        ] as [(String, Double?)])
    func number(word: String, number: Double?) {
        let value = DocumentValue(content: .plain(word), mark: .start)
        #expect(value.number == number)
        #expect(value.text == (number == nil ? word : nil))
        #expect(DocumentValue(content: .text(word), mark: .start).number == nil)
    }

    @Test(
        "values within 128 others are read, one more is refused",
        arguments: [DocumentObject.Notation.yaml, .json, .jsonOrYAML])
    func depth(notation: DocumentObject.Notation) throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        _ = try DocumentValue(nested(DocumentValue.deepest), notation: notation)
        let error = #expect(throws: DocumentError.self) {
            try DocumentValue(nested(DocumentValue.deepest + 1), notation: notation)
        }
        #expect(error?.mark == TextMark(line: 1, column: 129))
    }

    @Test("few anchors that stand for very much are refused in every notation")
    func aliases() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(list)]\n"
        }
        for notation in [DocumentObject.Notation.yaml, .json, .jsonOrYAML] {
            let error = #expect(throws: DocumentError.self) {
                try DocumentValue(text, notation: notation)
            }
            #expect(
                error?.reason
                    == .other(found: "aliases for more than 10000 values", expected: "fewer"))
        }
    }
}
