/// A table with a caption and a header for each column; the first cell of a row heads the row.
public struct CaptionedTable {
    private let caption: String
    private let header: [String]
    private let rows: [Row]

    public init(caption: String, header: [String], rows: [Row]) {
        self.caption = caption
        self.header = header
        self.rows = rows
    }

    /// Whether each column is one of numbers, as it is in the first row.
    private var columns: [Bool] {
        let first = rows.first?.cells.map(\.isNumber) ?? []
        return header.indices.map { first.indices.contains($0) && first[$0] }
    }

    private static func heading(_ text: String, isNumber: Bool) -> Fragment {
        isNumber
            ? Fragment("th", ["scope": "col", "class": "number"], .text(text))
            : Fragment("th", ["scope": "col"], .text(text))
    }

    public var fragment: Fragment {
        Fragment(
            "div", .scrolling(caption),
            Fragment(
                "table",
                [
                    Fragment("caption", .text(caption)),
                    Fragment(
                        "thead",
                        Fragment(
                            "tr", [:], zip(header, columns).map { Self.heading($0, isNumber: $1) })),
                    Fragment("tbody", rows.map(\.fragment)),
                ]))
    }
}

extension CaptionedTable {
    /// A row of a table.
    public struct Row {
        public enum Cell {
            /// Heads the row.
            case label(String)
            /// Heads the row behind the patch of a colour.
            case coloured(String, colour: String)
            case text(String)
            /// Aligned to the right.
            case number(String)
            /// A number on a ground between none (0) and full (1) depth.
            case heat(String, depth: Double)

            fileprivate var isNumber: Bool {
                switch self {
                case .number, .heat: true
                case .label, .coloured, .text: false
                }
            }
        }

        fileprivate let cells: [Cell]
        private let isTotal: Bool

        public init(_ cells: [Cell], isTotal: Bool = false) {
            self.cells = cells
            self.isTotal = isTotal
        }

        var fragment: Fragment {
            isTotal
                ? Fragment("tr", ["class": "total"], cells.map(Self.fragment))
                : Fragment("tr", cells.map(Self.fragment))
        }

        private static func fragment(_ cell: Cell) -> Fragment {
            switch cell {
            case .label(let text): return Fragment("th", ["scope": "row"], .text(text))
            case .coloured(let text, let colour):
                return Fragment(
                    "th", ["scope": "row"],
                    [
                        Fragment("span", ["class": "swatch", "style": "background:\(colour)"]),
                        .text(" " + text),
                    ])
            case .text(let text): return Fragment("td", .text(text))
            case .number(let text): return Fragment("td", ["class": "number"], .text(text))
            case .heat(let text, let depth):
                let shade = Int((min(max(depth, 0), 1) * 6).rounded(.up))
                return Fragment("td", ["class": "number heat-\(shade)"], .text(text))
            }
        }
    }
}
