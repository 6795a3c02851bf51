/// A column of a table, with what a reader needs to understand its values.
public struct Column: Hashable, Sendable {
    public let name: String
    /// Unit in the VOUnits syntax (`deg`, `h`, `TB`); empty where the values have none.
    public let unit: String
    /// IVOA unified content descriptor (`pos.eq.ra`); empty where none applies.
    public let ucd: String
    /// One sentence for the reader; may be empty.
    public let description: String
    public let type: ColumnType

    public init(
        _ name: String, unit: String = "", ucd: String = "", description: String = "",
        type: ColumnType = .text
    ) {
        self.name = name
        self.unit = unit
        self.ucd = ucd
        self.description = description
        self.type = type
    }
}

/// What the values of a column are.
public enum ColumnType: Hashable, Sendable, CaseIterable {
    case text
    /// 64-bit signed.
    case integer
    /// IEEE 754 double precision.
    case real
    case boolean
}
