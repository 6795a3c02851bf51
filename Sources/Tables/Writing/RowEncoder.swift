/// What a table says of itself before its rows.
struct TableHead: Sendable {
    let name: String
    let description: String
    let columns: [Column]
    /// How much of what was asked for it holds; `nil` where nobody asked.
    let extent: TableExtent?
}

/// The text of a table in one format.
protocol RowEncoder: Sendable {
    /// What stands before the first row.
    var opening: String { get }
    /// What stands after the last row.
    var closing: String { get }
    func row(_ values: [TableValue], isFirst: Bool) -> String
}
