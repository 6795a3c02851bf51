/// The parts that pages are made of.
extension Fragment {
    /// A link with a text.
    public static func link(_ address: String, _ text: String) -> Fragment {
        Fragment("a", ["href": address], .text(text))
    }

    /// Links side by side.
    public static func links(_ links: [Fragment]) -> Fragment {
        let parts = links.enumerated().flatMap { $0 == 0 ? [$1] : [.text(" \u{B7} "), $1] }
        return Fragment("p", parts)
    }

    /// The heading of a part of a page.
    public static func heading(_ text: String) -> Fragment { Fragment("h2", .text(text)) }

    /// What a reader has to know before the rest.
    public static func remark(_ text: String) -> Fragment {
        Fragment("p", ["class": "remark"], .text(text))
    }

    /// How much of a whole something is, 0 to 1; beyond that the bar is full and the number tells.
    public static func meter(_ part: Double) -> Fragment {
        let shown = min(1, max(0, part))
        return [
            Fragment(
                "meter", ["min": "0", "max": "1", "high": "0.9", "value": "\(shown)"]),
            .text(" \(Int((100 * part).rounded()))%"),
        ]
    }

    /// Names with their values, one pair a line.
    public static func facts(_ facts: [(name: String, value: Fragment)]) -> Fragment {
        Fragment(
            "table",
            facts.map { fact in
                Fragment(
                    "tr",
                    [
                        Fragment("th", ["scope": "row"], .text(fact.name)),
                        Fragment("td", fact.value),
                    ])
            })
    }

    /// Rows of cells under their headings; a column stands as the first row's cell in it does.
    public static func table(_ headings: [String], _ rows: [[Cell]]) -> Fragment {
        let styles = rows.first?.map(\.style) ?? headings.map { _ in .short }
        let head = zip(headings, styles).map { heading, style in
            Fragment("th", ["scope": "col", "class": style.rawValue], .text(heading))
        }
        let body = rows.map { row in
            Fragment("tr", row.map { Fragment("td", ["class": $0.style.rawValue], $0.content) })
        }
        return Fragment(
            "div", .scrolling("Table: " + headings.joined(separator: ", ")),
            Fragment("table", [Fragment("thead", Fragment("tr", head)), Fragment("tbody", body)]))
    }
}

extension KeyValuePairs<String, String> {
    /// Of an element that may be wider than the page: it is scrolled by itself, by keyboard, too.
    public static func scrolling(_ name: String) -> Self {
        ["class": "wide", "tabindex": "0", "role": "group", "aria-label": name]
    }
}

/// A cell of a table, and how it stands in its column.
public struct Cell {
    public enum Style: String, Sendable {
        /// On one line.
        case short
        /// On one line, its last digit below those above.
        case number
        /// On as many lines as it needs.
        case long
    }

    let content: Fragment
    let style: Style

    public init(_ content: Fragment, style: Style = .short) {
        self.content = content
        self.style = style
    }

    public static func text(_ text: String) -> Cell { Cell(.text(text)) }

    /// A number that is text already.
    public static func number(_ text: String) -> Cell { Cell(.text(text), style: .number) }
    public static func number(_ value: Int) -> Cell { number("\(value)") }

    /// Text of any length.
    public static func prose(_ text: String) -> Cell { Cell(.text(text), style: .long) }

    public static func link(_ address: String, _ text: String) -> Cell {
        Cell(.link(address, text))
    }

    public static func meter(_ part: Double) -> Cell { Cell(.meter(part)) }
}
