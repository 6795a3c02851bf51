import Documents

/// JSON (RFC 8259): the columns' descriptions and one object a row.
struct JSONEncoder: RowEncoder {
    let head: TableHead
    private let keys: [String]

    init(head: TableHead) {
        self.head = head
        keys = head.columns.map { JSONText.quoted($0.name) + ": " }
    }

    var opening: String {
        var text = "{\n\"name\": \(JSONText.quoted(head.name)),\n"
        if !head.description.isEmpty {
            text += "\"description\": \(JSONText.quoted(head.description)),\n"
        }
        if let total = head.extent?.total { text += "\"total\": \(total),\n" }
        if let next = head.extent?.next { text += "\"next\": \(JSONText.quoted(next)),\n" }
        let columns = head.columns.map { column in
            let parts = [
                ("name", column.name), ("type", "\(column.type)"), ("unit", column.unit),
                ("ucd", column.ucd), ("description", column.description),
            ]
            return "{"
                + parts.filter { !$0.1.isEmpty }
                .map { "\"\($0.0)\": \(JSONText.quoted($0.1))" }.joined(separator: ", ") + "}"
        }
        return text + "\"columns\": [\n" + columns.joined(separator: ",\n") + "\n],\n\"rows\": ["
    }

    var closing: String { "\n]\n}\n" }

    func row(_ values: [TableValue], isFirst: Bool) -> String {
        (isFirst ? "\n{" : ",\n{")
            + zip(keys, values).map { $0 + text($1) }.joined(separator: ", ") + "}"
    }

    /// A value; what JSON has no number for is null.
    private func text(_ value: TableValue) -> String {
        switch value {
        case .text(let text): JSONText.quoted(text)
        case .integer(let number): "\(number)"
        case .real(let number): number.isFinite ? "\(number)" : "null"
        case .boolean(let flag): "\(flag)"
        case .missing: "null"
        }
    }
}
