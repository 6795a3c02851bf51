/// A column of a table, with what a reader needs to understand its values.
public struct Column: Hashable, Sendable {
    /// Unique within its table.
    public let name: String
    /// Unit in the VOUnits syntax (`deg`, `h`, `TB`); empty where the values have none.
    public let unit: String
    /// IVOA unified content descriptor (`pos.eq.ra`); empty where none applies.
    public let ucd: String
    /// Place in an IVOA data model (`DataID.observationID`); empty where it has none.
    public let utype: String
    /// One sentence for the reader; may be empty.
    public let description: String
    /// What its values are.
    public let type: ColumnType

    public init(
        _ name: String, unit: String = "", ucd: String = "", utype: String = "",
        description: String = "", type: ColumnType = .text
    ) {
        self.name = name
        self.unit = unit
        self.ucd = ucd
        self.utype = utype
        self.description = description
        self.type = type
    }

    /// The same column under another name and, where given, with another description.
    public func named(_ name: String, description: String? = nil) -> Column {
        Column(
            name, unit: unit, ucd: ucd, utype: utype,
            description: description ?? self.description, type: type)
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
