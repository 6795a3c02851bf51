public import Documents
public import Tables

/// Rows with their columns, to be written in any of the table formats.
public struct AnswerTable: Sendable {
    public let name: String
    /// One sentence, or nothing.
    public let description: String
    public let columns: [Column]
    /// Each has a value for every column, in their order.
    public let rows: [[TableValue]]

    public init(name: String, description: String, columns: [Column], rows: [[TableValue]]) {
        self.name = name
        self.description = description
        self.columns = columns
        self.rows = rows
    }

    /// The rows as objects of the columns' names.
    public var objects: [JSONValue] {
        rows.map { row in
            .object(
                zip(columns, row).map { JSONValue.Member(name: $0.name, value: JSONValue($1)) })
        }
    }

    func bytes(_ format: TableFormat, _ extent: TableExtent? = nil) -> [UInt8] {
        TableWriter.encode(
            rows, as: format, name: name, columns: columns, description: description,
            extent: extent)
    }
}

extension JSONValue {
    /// A table's value; a missing one is null.
    public init(_ value: TableValue) {
        switch value {
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .real(let number): self = .real(number)
        case .boolean(let flag): self = .boolean(flag)
        case .missing: self = .null
        }
    }
}
