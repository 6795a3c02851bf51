/// A table with a caption and a header for each column; the first cell of a row heads the row.
struct ReportTable {
    let caption: String
    let header: [String]
    let rows: [TableRow]

    var markup: Markup {
        Markup(
            "div", ["class": "wide"],
            Markup(
                "table",
                [
                    Markup("caption", .text(caption)),
                    Markup(
                        "thead",
                        Markup(
                            "tr", [:], header.map { Markup("th", ["scope": "col"], .text($0)) })),
                    Markup("tbody", rows.map(\.markup)),
                ]))
    }
}

/// A row of a table.
struct TableRow {
    enum Cell {
        /// Heads the row.
        case label(String)
        /// Heads the row behind the patch of a colour.
        case coloured(String, colour: String)
        case text(String)
        /// Aligned to the right.
        case number(String)
        /// A number on a ground between none (0) and full (1) depth.
        case heat(String, depth: Double)
    }

    private let cells: [Cell]
    private let isTotal: Bool

    init(_ cells: [Cell], isTotal: Bool = false) {
        self.cells = cells
        self.isTotal = isTotal
    }

    var markup: Markup {
        isTotal
            ? Markup("tr", ["class": "total"], cells.map(Self.markup))
            : Markup("tr", cells.map(Self.markup))
    }

    private static func markup(_ cell: Cell) -> Markup {
        switch cell {
        case .label(let text): return Markup("th", ["scope": "row"], .text(text))
        case .coloured(let text, let colour):
            return Markup(
                "th", ["scope": "row"],
                [
                    Markup("span", ["class": "swatch", "style": "background:\(colour)"]),
                    .text(" " + text),
                ])
        case .text(let text): return Markup("td", .text(text))
        case .number(let text): return Markup("td", ["class": "number"], .text(text))
        case .heat(let text, let depth):
            let shade = Int((min(max(depth, 0), 1) * 6).rounded(.up))
            return Markup("td", ["class": "number heat-\(shade)"], .text(text))
        }
    }
}
