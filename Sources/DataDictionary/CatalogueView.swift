public import Tables

/// A view of the catalogue that others may build on, with what a reader needs to understand it.
///
/// This is the one list from which the comments in the database, the headers of files and answers,
/// and the descriptors of a TAP server are made.
public struct CatalogueView: Hashable, Sendable {
    /// Schema and name, as SQL writes them: `sgs.tile_ownership`.
    public let name: String
    /// One sentence.
    public let description: String
    /// Identifier of the IVOA data model that the view follows; empty where it follows none.
    public let utype: String
    /// In the view's order.
    public let columns: [ViewColumn]

    init(_ name: String, _ description: String, utype: String = "", _ columns: [ViewColumn]) {
        self.name = name
        self.description = description
        self.utype = utype
        self.columns = columns
    }

    /// All of them.
    public static let all = [
        tileOwnership, observationOwnership, sdcLoad, changes, observationPlan,
    ]
}

/// A column of a view.
public struct ViewColumn: Hashable, Sendable {
    /// Name, unit, UCD, utype, description, and the type in files.
    public let column: Column
    public let sqlType: SQLType

    init(_ column: Column, _ sqlType: SQLType) {
        self.column = column
        self.sqlType = sqlType
    }

    /// What the database says about the column: its description, unit, UCD and utype.
    public var comment: String {
        let facts = [("unit", column.unit), ("ucd", column.ucd), ("utype", column.utype)]
            .filter { !$0.1.isEmpty }
            .map { "\($0.0)=\($0.1)" }
        return facts.isEmpty
            ? column.description : "\(column.description) [\(facts.joined(separator: ", "))]"
    }
}

/// The types that the views' columns have in the database, as PostgreSQL names them.
public enum SQLType: String, Hashable, Sendable, CaseIterable {
    case text
    case integer
    case bigint
    case double = "double precision"
    /// UTC.
    case timestamp = "timestamp without time zone"
}
