/// Writes a table, row by row, in one of the formats; the same rows give the same bytes.
///
/// ```swift
/// var table = TableWriter(.ecsv, name: "assignments", columns: columns)
/// table.append(["tile", "102154321", "SDC-FR", "SDC-IT", 34.5])
/// let bytes = table.finish()
/// ```
public struct TableWriter: Sendable {
    /// What each row has a value for, in this order.
    public let columns: [Column]
    private let encoder: any RowEncoder
    private var bytes: [UInt8]
    private var isFirst = true

    /// A table without rows.
    ///
    /// - Parameters:
    ///   - name: what VOTable calls the table.
    ///   - description: one sentence for VOTable, ECSV and JSON; may be empty.
    ///   - extent: told by VOTable as DALI 1.1 has it (section 4.4), by ECSV and JSON as members
    ///     `total` and `next`; CSV has no place for it.
    public init(
        _ format: TableFormat, name: String, columns: [Column], description: String = "",
        extent: TableExtent? = nil
    ) {
        let head = TableHead(
            name: name, description: description, columns: columns, extent: extent)
        encoder =
            switch format {
            case .csv: DelimitedEncoder(head: head, hasHeader: false)
            case .ecsv: DelimitedEncoder(head: head, hasHeader: true)
            case .votable: VOTableEncoder(head: head)
            case .json: JSONEncoder(head: head)
            }
        self.columns = columns
        bytes = Array(encoder.opening.utf8)
    }

    /// Adds a row: one value a column, of the column's type or missing.
    public mutating func append(_ values: [TableValue]) {
        precondition(
            values.count == columns.count, "\(values.count) values for \(columns.count) columns")
        for (value, column) in zip(values, columns) {
            precondition(value.fits(column.type), "\(value) in column \(column.name)")
        }
        bytes.append(contentsOf: encoder.row(values, isFirst: isFirst).utf8)
        isFirst = false
    }

    /// The bytes that are there by now, which the next call and `finish` do not give again: a
    /// table of any length goes out through little memory.
    public mutating func take() -> [UInt8] {
        let taken = bytes
        bytes.removeAll(keepingCapacity: true)
        return taken
    }

    /// The bytes that are not taken yet, in UTF-8: of a file of which none was taken, all.
    public consuming func finish() -> [UInt8] {
        bytes.append(contentsOf: encoder.closing.utf8)
        return bytes
    }

    /// A table of `rows` in one call.
    public static func encode(
        _ rows: some Sequence<[TableValue]>, as format: TableFormat, name: String,
        columns: [Column], description: String = "", extent: TableExtent? = nil
    ) -> [UInt8] {
        var writer = TableWriter(
            format, name: name, columns: columns, description: description, extent: extent)
        for row in rows { writer.append(row) }
        return writer.finish()
    }
}
