import Markup

/// VOTable 1.4, one table as TABLEDATA.
struct VOTableEncoder: RowEncoder {
    let head: TableHead

    var opening: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
        <RESOURCE type="results">
        \(status)<TABLE name="\(head.name.escapedForXML)">

        """ + description(head.description) + head.columns.map(field).joined() + """
            <DATA>
            <TABLEDATA>

            """
    }

    var closing: String {
        "</TABLEDATA>\n</DATA>\n</TABLE>\n" + overflow + "</RESOURCE>\n</VOTABLE>\n"
    }

    /// What stands before the table (DALI 1.1 section 4.4).
    private var status: String {
        guard let extent = head.extent else { return "" }
        let total = extent.total.map { info("total", "\($0)") } ?? ""
        return info("QUERY_STATUS", "OK") + total
    }

    /// What stands behind a table that does not hold all rows.
    private var overflow: String {
        guard let next = head.extent?.next else { return "" }
        return info("next", next) + info("QUERY_STATUS", "OVERFLOW")
    }

    private func info(_ name: String, _ value: String) -> String {
        "<INFO name=\"\(name)\" value=\"\(value.escapedForXML)\"/>\n"
    }

    func row(_ values: [TableValue], isFirst: Bool) -> String {
        "<TR>" + values.map { "<TD>\(text($0))</TD>" }.joined() + "</TR>\n"
    }

    private func field(_ column: Column) -> String {
        let datatype =
            switch column.type {
            case .text: "datatype=\"unicodeChar\" arraysize=\"*\""
            case .integer: "datatype=\"long\""
            case .real: "datatype=\"double\""
            case .boolean: "datatype=\"boolean\""
            }
        var text = "<FIELD name=\"\(column.name.escapedForXML)\" " + datatype
        if !column.unit.isEmpty { text += " unit=\"\(column.unit.escapedForXML)\"" }
        if !column.ucd.isEmpty { text += " ucd=\"\(column.ucd.escapedForXML)\"" }
        if !column.utype.isEmpty { text += " utype=\"\(column.utype.escapedForXML)\"" }
        return column.description.isEmpty
            ? text + "/>\n" : text + ">\n" + description(column.description) + "</FIELD>\n"
    }

    private func description(_ text: String) -> String {
        text.isEmpty ? "" : "<DESCRIPTION>\(text.escapedForXML)</DESCRIPTION>\n"
    }

    private func text(_ value: TableValue) -> String {
        switch value {
        case .text(let text): text.escapedForXML
        case .integer(let number): "\(number)"
        case .real(let number):
            number.isFinite ? "\(number)" : number.isNaN ? "NaN" : number > 0 ? "+Inf" : "-Inf"
        case .boolean(let flag): flag ? "T" : "F"
        case .missing: ""
        }
    }
}
