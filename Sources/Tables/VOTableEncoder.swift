/// VOTable 1.4, one table as TABLEDATA.
struct VOTableEncoder: RowEncoder {
    let head: TableHead

    var opening: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
        <RESOURCE type="results">
        <TABLE name="\(escaped(head.name))">

        """ + description(head.description) + head.columns.map(field).joined() + """
            <DATA>
            <TABLEDATA>

            """
    }

    var closing: String { "</TABLEDATA>\n</DATA>\n</TABLE>\n</RESOURCE>\n</VOTABLE>\n" }

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
        var text = "<FIELD name=\"\(escaped(column.name))\" " + datatype
        if !column.unit.isEmpty { text += " unit=\"\(escaped(column.unit))\"" }
        if !column.ucd.isEmpty { text += " ucd=\"\(escaped(column.ucd))\"" }
        if !column.utype.isEmpty { text += " utype=\"\(escaped(column.utype))\"" }
        return column.description.isEmpty
            ? text + "/>\n" : text + ">\n" + description(column.description) + "</FIELD>\n"
    }

    private func description(_ text: String) -> String {
        text.isEmpty ? "" : "<DESCRIPTION>\(escaped(text))</DESCRIPTION>\n"
    }

    private func text(_ value: TableValue) -> String {
        switch value {
        case .text(let text): escaped(text)
        case .integer(let number): "\(number)"
        case .real(let number):
            number.isFinite ? "\(number)" : number.isNaN ? "NaN" : number > 0 ? "+Inf" : "-Inf"
        case .boolean(let flag): flag ? "T" : "F"
        case .missing: ""
        }
    }

    /// Text for content and attributes; what XML 1.0 cannot hold (section 2.2) becomes U+FFFD.
    private func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\t", "\n", "\r": result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
