import Markup
import Testing

@Suite("Fragment")
struct FragmentTests {
    @Test("text and attribute values are escaped, once")
    func escaping() {
        let piece = Fragment("td", ["title": "a \"b\" & 'c'"], .text("<SDC> & \"X\" &amp;"))
        #expect(
            piece.html == "<td title=\"a &quot;b&quot; &amp; &#39;c&#39;\">"
                + "&lt;SDC&gt; &amp; &quot;X&quot; &amp;amp;</td>")
    }

    @Test("an interpolated value cannot add markup")
    func interpolation() {
        let name = "</b><script>"
        #expect(Fragment("b", "\(name)").html == "<b>&lt;/b&gt;&lt;script&gt;</b>")
    }

    @Test("an element without an end tag has none, and an empty value is a bare attribute")
    func void() {
        #expect(
            Fragment("input", ["type": "radio", "checked": ""]).html
                == "\n<input type=\"radio\" checked>")
    }

    @Test("a shape closes itself unless it holds a title")
    func shapes() {
        #expect(Fragment("rect", ["x": "1"]).html == "\n<rect x=\"1\"/>")
        #expect(
            Fragment("rect", ["x": "1"], Fragment("title", "t")).html
                == "\n<rect x=\"1\">\n<title>t</title></rect>")
    }

    @Test("other elements are closed even where they hold nothing")
    func empty() {
        #expect(Fragment("span", ["class": "swatch"]).html == "<span class=\"swatch\"></span>")
    }

    @Test("a piece that was kept as it was written is not escaped again")
    func written() {
        let piece = Fragment("b", "a < b")
        #expect(Fragment("p", Fragment(piece.written)).html == Fragment("p", piece).html)
    }

    @Test("a script is written as it is")
    func script() {
        #expect(Fragment.script("a && b\n").html == "\n<script>\na && b\n</script>")
    }
}
