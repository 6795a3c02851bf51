import Markup
import Testing

@Suite("CaptionedFigure")
struct CaptionedFigureTests {
    @Test("a figure says what it shows and how to read it, and has its numbers as a table")
    func parts() {
        let figure = CaptionedFigure(
            drawing: Fragment("svg", [:]), caption: "Bars are weeks.", finding: "Week 2 is <full>.",
            numbers: CaptionedTable(
                caption: "By week", header: ["Week", "Work"],
                rows: [.init([.label("2"), .number("17")])])
        ).fragment.html
        #expect(figure.hasPrefix("\n<figure>\n<svg></svg>\n<figcaption>"))
        #expect(
            figure.contains(
                "<span class=\"finding\">Week 2 is &lt;full&gt;.</span> Bars are weeks."))
        #expect(figure.contains("<summary>Numbers</summary>"))
        #expect(figure.contains("<caption>By week</caption>"))
        #expect(
            figure.contains(
                "<th scope=\"col\">Week</th><th scope=\"col\" class=\"number\">Work</th>"))
        #expect(figure.contains("<th scope=\"row\">2</th><td class=\"number\">17</td>"))
    }

    @Test("a figure of the page's width has its numbers beside it, to be read without a click")
    func beside() {
        let figure = CaptionedFigure(
            drawing: Fragment("svg", [:]), caption: "", finding: "",
            numbers: CaptionedTable(caption: "By week", header: [], rows: []), isWide: true
        ).fragment.html
        #expect(figure.hasPrefix("\n<figure class=\"beside\">"))
        #expect(figure.contains("<caption>By week</caption>"))
        #expect(!figure.contains("<details>"))
    }
}
