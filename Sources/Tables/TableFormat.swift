/// The formats in which a table can be written.
public enum TableFormat: String, Hashable, Sendable, CaseIterable {
    /// RFC 4180 with a line of names; lines end with a line feed.
    case csv
    /// Enhanced CSV 1.0 with commas: CSV with types, units and descriptions in a header.
    case ecsv
    /// VOTable 1.4 (IVOA Recommendation 2019-10-21), one table as TABLEDATA.
    case votable
    /// An object with `columns`, and `rows` as one object each.
    case json

    /// The usual suffix of a file's name, without the dot.
    public var suffix: String {
        switch self {
        case .csv: "csv"
        case .ecsv: "ecsv"
        case .votable: "vot"
        case .json: "json"
        }
    }
}
