/// The rows that a statement returned, copied out of the library's memory.
public struct Rows: RandomAccessCollection, Sendable {
    /// The columns' names and their places.
    let columns: [String: Int]
    private let width: Int
    private let cells: [String?]
    public let endIndex: Int
    /// The rows that the statement returned, inserted, updated or deleted.
    public let affected: Int

    init(columns names: [String], cells: [String?], count: Int, affected: Int) {
        columns = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        width = names.count
        self.cells = cells
        endIndex = count
        self.affected = affected
    }

    public var startIndex: Int { 0 }

    public subscript(position: Int) -> Row {
        Row(columns: columns, cells: cells[position * width..<(position + 1) * width])
    }
}

/// One row of a result.
public struct Row: Sendable {
    private let columns: [String: Int]
    private let cells: ArraySlice<String?>

    init(columns: [String: Int], cells: ArraySlice<String?>) {
        self.columns = columns
        self.cells = cells
    }

    /// The value of a column; read an optional type where it may be NULL.
    ///
    /// - Throws: `PostgreSQLError` of code `invalidValue` where the result has no such column
    ///   or its value is not a `Value`.
    public func decode<Value: SQLValue>(_ column: String, as type: Value.Type = Value.self) throws
        -> Value
    {
        guard let index = columns[column] else {
            throw PostgreSQLError(
                code: .invalidValue, message: "the result has no column \(column)")
        }
        let text = cells[cells.startIndex + index]
        guard let value = Value(sqlText: text) else {
            let found = text == nil ? "NULL" : "another type"
            throw PostgreSQLError(
                code: .invalidValue,
                message: "column \(column): found \(found), expected \(Value.self)")
        }
        return value
    }
}
