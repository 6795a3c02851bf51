/// A piece of HTML; the texts it is made of are escaped.
struct Markup {
    let html: String
    /// Of a table's cell: how it stands in its column.
    var style = Style.short

    enum Style: String {
        /// On one line.
        case short
        /// On one line, its last digit below those above.
        case number
        /// On as many lines as it needs.
        case long
    }

    static func number(_ value: Int) -> Markup { Markup(html: "\(value)", style: .number) }

    /// Text of any length.
    static func prose(_ text: String) -> Markup {
        Markup(html: MarkupText.escaped(text), style: .long)
    }

    static func text(_ text: String) -> Markup { Markup(html: MarkupText.escaped(text)) }

    static func link(_ address: String, _ text: String) -> Markup {
        Markup(html: "<a href=\"\(MarkupText.escaped(address))\">\(MarkupText.escaped(text))</a>")
    }

    static func heading(_ text: String) -> Markup {
        Markup(html: "<h2>\(MarkupText.escaped(text))</h2>")
    }

    static func remark(_ text: String) -> Markup {
        Markup(html: "<p class=\"remark\">\(MarkupText.escaped(text))</p>")
    }

    /// Links side by side.
    static func links(_ links: [Markup]) -> Markup {
        Markup(html: "<p>" + links.map(\.html).joined(separator: " &middot; ") + "</p>")
    }

    /// How much of a whole something is.
    static func meter(_ part: Double) -> Markup {
        Markup(
            html: "<meter min=\"0\" max=\"1\" high=\"0.9\" value=\"\(min(1, max(0, part)))\">"
                + "</meter> \(Int((100 * part).rounded()))%")
    }

    /// Names with their values.
    static func facts(_ facts: [(name: String, value: Markup)]) -> Markup {
        let rows = facts.map { fact in
            "<tr><th scope=\"row\">\(MarkupText.escaped(fact.name))</th>"
                + "<td>\(fact.value.html)</td></tr>"
        }
        return Markup(html: "<table>\n" + rows.joined(separator: "\n") + "\n</table>")
    }

    /// Rows under their headings.
    static func table(_ headings: [String], _ rows: [[Markup]]) -> Markup {
        let styles = rows.first?.map(\.style) ?? headings.map { _ in .short }
        let head = zip(headings, styles).map { heading, style in
            "<th scope=\"col\" class=\"\(style.rawValue)\">\(MarkupText.escaped(heading))</th>"
        }.joined()
        let body = rows.map { row in
            "<tr>"
                + row.map { "<td class=\"\($0.style.rawValue)\">\($0.html)</td>" }.joined()
                + "</tr>"
        }
        return Markup(
            html: "<div class=\"wide\"><table>\n<tr>\(head)</tr>\n"
                + body.joined(separator: "\n") + "\n</table></div>")
    }
}
