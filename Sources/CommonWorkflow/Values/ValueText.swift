import Documents

/// Values as words of a command or of an interpolated text.
enum ValueText {
    /// A value within a text (CWL 1.2, "String interpolation"): texts as they are, all else as
    /// JSON with the fields of objects in order.
    static func interpolated(_ value: JSONValue) -> String {
        if case .text(let text) = value { text } else { json(value) }
    }

    /// A value as JSON, fields in the order of their names or as they are, numbers without an exponent.
    static func json(_ value: JSONValue, isSorted: Bool = true) -> String {
        switch value {
        case .real(let number): decimal(number)
        case .list(let values):
            "[" + values.map { json($0, isSorted: isSorted) }.joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + (isSorted ? members.sorted { $0.name < $1.name } : members).map {
                    JSONValue.text($0.name).encoded + ": " + json($0.value, isSorted: isSorted)
                }.joined(separator: ", ") + "}"
        default: value.encoded
        }
    }

    /// A number in decimal notation, as short as it can be told from others.
    static func decimal(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        if let whole = Int(exactly: number) { return String(whole) }
        let words = "\(number)".split(separator: "e")
        guard words.count == 2, let exponent = Int(words[1]) else { return "\(number)" }
        let isNegative = words[0].hasPrefix("-")
        let parts = words[0].drop { $0 == "-" }.split(separator: ".")
        let fraction = parts.count > 1 && parts[1] != "0" ? String(parts[1]) : ""
        let digits = String(parts[0]) + fraction
        let point = parts[0].count + exponent
        let text: String
        if point <= 0 {
            text = "0." + String(repeating: "0", count: -point) + digits
        } else if point >= digits.count {
            text = digits + String(repeating: "0", count: point - digits.count)
        } else {
            text = "\(digits.prefix(point)).\(digits.dropFirst(point))"
        }
        return isNegative ? "-" + text : text
    }

    /// A value in a message, cut where it is long.
    static func brief(_ value: JSONValue) -> String {
        let text = value.encoded
        return text.count > 100 ? text.prefix(97) + "..." : text
    }
}
