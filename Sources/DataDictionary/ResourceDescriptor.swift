import Markup
import Tables

/// A resource descriptor (RD) with which GAVO DaCHS serves a schema's views by TAP.
///
/// GAVO DaCHS Reference Documentation, "Resource Descriptor Element Reference".  The views stay
/// the database's: `dachs imp -m` takes up what is said about them, and touches no row.
public struct ResourceDescriptor: Sendable {
    /// The schema that the views are in.
    public let schema: String
    private let views: [CatalogueView]

    /// The descriptor of a schema's views; `nil` where the catalogue has none in it.
    public init?(schema: String) {
        views = CatalogueView.all.filter { $0.schema == schema }
        self.schema = schema
        guard !views.isEmpty else { return nil }
    }

    /// The schemas that have views, in the order of the list.
    public static var schemas: [String] {
        CatalogueView.all.map(\.schema).reduce(into: []) { schemas, schema in
            if !schemas.contains(schema) { schemas.append(schema) }
        }
    }

    /// The document.
    public var xml: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <resource schema="\(schema.escapedForXML)" resdir="sgs">
          <meta name="title">Distribution of a survey to Science Data Centres</meta>
          <meta name="description">Which Science Data Centre owns which observation and sky tile \
        of a space survey, and when: the published plans.</meta>
          <meta name="creationDate">2026-01-01T00:00:00Z</meta>
          <meta name="subject">observation-planning</meta>
          <meta name="creator">Science Ground Segment</meta>
        \(views.map(table).joined(separator: "\n"))
          <data id="import">
        \(views.map { "    <make table=\"\($0.table.escapedForXML)\"/>" }.joined(separator: "\n"))
          </data>
        </resource>

        """
    }

    private func table(_ view: CatalogueView) -> String {
        let model =
            view.utype.isEmpty
            ? [] : ["    <meta name=\"utype\">\(view.utype.escapedForXML)</meta>"]
        let head = [
            "  <table id=\"\(view.table.escapedForXML)\" onDisk=\"True\" adql=\"True\">",
            "    <meta name=\"description\">\(view.description.escapedForXML)</meta>",
        ]
        return (head + model + view.columns.map(column) + ["  </table>"])
            .joined(separator: "\n")
    }

    /// Names of columns that ADQL 2.0 reserves (section 2.1.2): queries have to quote them.
    private static let reserved: Set = ["work"]

    private func column(_ column: ViewColumn) -> String {
        let name = column.column.name
        let facts = [
            ("name", Self.reserved.contains(name) ? "quoted/\(name)" : name),
            ("type", column.sqlType.descriptorName),
            ("unit", column.column.unit), ("ucd", column.column.ucd),
            ("utype", column.column.utype), ("description", column.column.description),
        ]
        let attributes = facts.map { "\($0.0)=\"\($0.1.escapedForXML)\"" }.joined(separator: " ")
        // An integer needs a value that stands for null; the views' are all at least 0.
        let isInteger = column.sqlType == .integer || column.sqlType == .bigint
        return isInteger
            ? "    <column \(attributes)><values nullLiteral=\"-1\"/></column>"
            : "    <column \(attributes)/>"
    }
}

extension CatalogueView {
    fileprivate var schema: String { String(name.prefix { $0 != "." }) }
    fileprivate var table: String { String(name.drop { $0 != "." }.dropFirst()) }
}

extension SQLType {
    /// The type's name in a descriptor, where times are UTC without saying so.
    fileprivate var descriptorName: String {
        self == .timestamp ? "timestamp" : rawValue
    }
}
