import Testing

@testable import Reporting

@Suite("Markup")
struct MarkupTests {
    @Test("text and attribute values are escaped, once")
    func escaping() {
        let piece = Markup("td", ["title": "a \"b\" & 'c'"], .text("<SDC> & \"X\" &amp;"))
        #expect(
            piece.html == "<td title=\"a &quot;b&quot; &amp; &#39;c&#39;\">"
                + "&lt;SDC&gt; &amp; &quot;X&quot; &amp;amp;</td>")
    }

    @Test("an interpolated value cannot add markup")
    func interpolation() {
        let name = "</b><script>"
        #expect(Markup("b", "\(name)").html == "<b>&lt;/b&gt;&lt;script&gt;</b>")
    }

    @Test("an element without an end tag has none, and an empty value is a bare attribute")
    func void() {
        #expect(
            Markup("input", ["type": "radio", "checked": ""]).html
                == "\n<input type=\"radio\" checked>")
    }

    @Test("a shape closes itself unless it holds a title")
    func shapes() {
        #expect(Markup("rect", ["x": "1"]).html == "\n<rect x=\"1\"/>")
        #expect(
            Markup("rect", ["x": "1"], Markup("title", "t")).html
                == "\n<rect x=\"1\">\n<title>t</title></rect>")
    }

    @Test("other elements are closed even where they hold nothing")
    func empty() {
        #expect(Markup("span", ["class": "swatch"]).html == "<span class=\"swatch\"></span>")
    }
}
