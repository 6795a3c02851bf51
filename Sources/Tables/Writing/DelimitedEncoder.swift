import Documents

/// CSV, whose texts are guarded against spreadsheets (`FormulaGuard`), and ECSV, which is CSV with a
/// YAML header in comments and exact.
struct DelimitedEncoder: RowEncoder {
    let head: TableHead
    let hasHeader: Bool

    var opening: String {
        let names = head.columns.map { field($0.name) }.joined(separator: ",") + "\n"
        return (hasHeader ? header : "") + names
    }

    var closing: String { "" }

    func row(_ values: [TableValue], isFirst: Bool) -> String {
        let line = values.map(text).joined(separator: ",")
        return (line.isEmpty ? "\"\"" : line) + "\n"
    }

    private func text(_ value: TableValue) -> String {
        switch value {
        case .text(let text): field(hasHeader ? text : FormulaGuard.guarded(text))
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .boolean(let flag): hasHeader ? (flag ? "True" : "False") : "\(flag)"
        case .missing: ""
        }
    }

    /// A field in quotes where it would be cut, trimmed or taken for a comment without them.
    private func field(_ text: String) -> String {
        let isSpecial = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        guard isSpecial || text.hasPrefix("#") || text.hasPrefix(" ") || text.hasSuffix(" ") else {
            return text
        }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }

    private var header: String {
        var lines = ["%ECSV 1.0", "---", "delimiter: ','", "datatype:"]
        lines += head.columns.map { column in
            var parts = ["name: " + scalar(column.name)]
            if !column.unit.isEmpty { parts.append("unit: " + scalar(column.unit)) }
            parts.append("datatype: " + datatype(column.type))
            if !column.description.isEmpty {
                parts.append("description: " + scalar(column.description))
            }
            if !column.ucd.isEmpty { parts.append("meta: {ucd: \(scalar(column.ucd))}") }
            return "- {" + parts.joined(separator: ", ") + "}"
        }
        var meta: [String] = []
        if !head.description.isEmpty { meta.append("description: " + scalar(head.description)) }
        if let total = head.extent?.total { meta.append("total: \(total)") }
        if let next = head.extent?.next { meta.append("next: " + scalar(next)) }
        if !meta.isEmpty { lines.append("meta: {" + meta.joined(separator: ", ") + "}") }
        lines.append("schema: astropy-2.0")
        return lines.map { "# \($0)\n" }.joined()
    }

    /// A YAML scalar; in double quotes (whose escapes are JSON's) where it is more than a word.
    private func scalar(_ text: String) -> String {
        let isWord =
            text.first?.isLetter == true
            && text.utf8.allSatisfy {
                $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") || (48...57).contains($0)
                    || (65...90).contains($0) || (97...122).contains($0)
            }
        let isKeyword = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
            .contains(text.lowercased())
        return isWord && !isKeyword ? text : JSONText.quoted(text)
    }

    private func datatype(_ type: ColumnType) -> String {
        switch type {
        case .text: "string"
        case .integer: "int64"
        case .real: "float64"
        case .boolean: "bool"
        }
    }
}
