/// A table for a terminal: columns as wide as their widest text, two spaces apart.
public struct TextTable: Hashable, Sendable {
    /// A column: its heading, and the side on which its texts begin.
    public struct Column: Hashable, Sendable, ExpressibleByStringLiteral {
        let heading: String
        let isToTheRight: Bool

        /// Texts begin at the left.
        public static func left(_ heading: String) -> Column {
            Column(heading: heading, isToTheRight: false)
        }

        /// Texts end at the right, as numbers do.
        public static func right(_ heading: String) -> Column {
            Column(heading: heading, isToTheRight: true)
        }

        private init(heading: String, isToTheRight: Bool) {
            self.heading = heading
            self.isToTheRight = isToTheRight
        }

        /// The heading of a column whose texts begin at the left.
        public init(stringLiteral heading: String) {
            self = .left(heading)
        }
    }

    private let columns: [Column]
    private var rows: [[String]]

    /// A table of these columns, from left to right.
    public init(_ columns: Column...) { self.init(columns) }

    /// - Parameters:
    ///   - columns: from left to right.
    ///   - rows: each with a text for every column; those that are left out at its end are empty.
    public init(_ columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = []
        for row in rows { add(row) }
    }

    /// Adds a row; columns that are left out at its end are empty.
    public mutating func add(_ cells: String...) { add(cells) }

    /// Adds a row; columns that are left out at its end are empty.
    public mutating func add(_ cells: [String]) {
        precondition(cells.count <= columns.count, "a text for each column at most")
        rows.append(cells + Array(repeating: "", count: columns.count - cells.count))
    }

    /// Whether it has no row.
    public var isEmpty: Bool { rows.isEmpty }

    /// The headings' line, then a line for each row, without a space at their ends.
    public var lines: [String] {
        let all = [columns.map(\.heading)] + rows
        let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = zip(columns, zip(row, widths)).map { column, cell in
                let pad = String(repeating: " ", count: cell.1 - cell.0.count)
                return column.isToTheRight ? pad + cell.0 : cell.0 + pad
            }
            let line = cells.joined(separator: "  ")
            let end = line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex
            return String(line[..<end])
        }
    }

    /// The lines as one text.
    public var text: String { lines.joined(separator: "\n") }
}
