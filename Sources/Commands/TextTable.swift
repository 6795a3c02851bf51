/// A table for a terminal: columns as wide as their widest text, two spaces apart.
public struct TextTable: Sendable {
    /// A column: its heading, and the side on which its texts begin.
    public struct Column: Sendable {
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
    }

    private let columns: [Column]
    private let rows: [[String]]

    /// - Parameters:
    ///   - columns: from left to right.
    ///   - rows: each with a text for every column.
    public init(_ columns: [Column], rows: [[String]]) {
        precondition(rows.allSatisfy { $0.count == columns.count }, "a text for every column")
        self.columns = columns
        self.rows = rows
    }

    /// The headings' line, then a line for each row.
    public var lines: [String] {
        let all = [columns.map(\.heading)] + rows
        let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            zip(columns, zip(row, widths)).map { column, cell in
                let pad = String(repeating: " ", count: cell.1 - cell.0.count)
                return column.isToTheRight ? pad + cell.0 : cell.0 + pad
            }.joined(separator: "  ")
        }
    }
}
