import Documents
import Testing

@Suite struct JSONTextTests {
    @Test(
        "what RFC 8259 wants escaped is escaped, and nothing else",
        arguments: [
            ("", "\"\""), ("a/b é\u{7f}\u{1F600}", "\"a/b é\u{7f}\u{1F600}\""),
            ("\"\\", "\"\\\"\\\\\""), ("\n\r\t", "\"\\n\\r\\t\""),
            ("\u{0}\u{1f}\u{8}", "\"\\u0000\\u001f\\u0008\""),
            ("\r\ne\u{301}", "\"\\r\\ne\u{301}\""),
        ])
    func quoted(_ text: String, _ json: String) {
        #expect(Array(JSONText.quoted(text).utf8) == Array(json.utf8))
    }
}
