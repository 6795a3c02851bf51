import Markup
import Testing

@Suite("Escaping")
struct StringEscapingTests {
    @Test(
        "what has a meaning in XML is written as a reference",
        arguments: [
            ("a & b < c > d", "a &amp; b &lt; c &gt; d"), ("\"x\"", "&quot;x&quot;"),
            ("a\tb\r\n", "a&#9;b&#13;&#10;"), ("50294/VAST_1045-62", "50294/VAST_1045-62"),
        ])
    func references(text: String, expected: String) {
        #expect(text.escapedForXML == expected)
    }

    @Test("what XML cannot hold is replaced")
    func replaced() {
        #expect("a\u{0}b\u{FFFE}c".escapedForXML == "a\u{FFFD}b\u{FFFD}c")
    }

    @Test("a page's text keeps its lines, and quotes of both kinds are written as references")
    func page() {
        #expect("a\tb\n\"c\" 'd'".escapedForHTML == "a\tb\n&quot;c&quot; &#39;d&#39;")
        #expect("a\u{1}b".escapedForHTML == "a\u{FFFD}b")
    }
}
