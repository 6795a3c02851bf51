/// A one-dimensional array: `{a,"b c",NULL}` (PostgreSQL manual, 8.15.6).
extension Array: SQLValue where Element: SQLValue {
    public var sqlText: String? {
        let elements = map { element -> String in
            guard let text = element.sqlText else { return "NULL" }
            return text.isPlainNumber ? text : "\"" + text.escaped + "\""
        }
        return "{" + elements.joined(separator: ",") + "}"
    }

    public init?(sqlText: String?) {
        guard let sqlText, var reader = ArrayReader(sqlText) else { return nil }
        self = []
        while let item = reader.next() {
            guard let element = Element(sqlText: item) else { return nil }
            append(element)
        }
        guard reader.isAtEnd else { return nil }
    }
}

extension String {
    /// Whether it can stand in an array without quotes, as numbers do.
    fileprivate var isPlainNumber: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "e"), UInt8(ascii: "."),
                    UInt8(ascii: "-"), UInt8(ascii: "+"):
                    true
                default: false
                }
            }
    }

    /// With a backslash before each quote and backslash.
    fileprivate var escaped: String {
        var escaped = ""
        for scalar in unicodeScalars {
            if scalar == "\"" || scalar == "\\" { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }
}

/// Reads the elements of an array's text form one by one; `nil` within is NULL.
private struct ArrayReader {
    private var rest: Substring.UnicodeScalarView

    /// `nil` where `text` is not in braces.
    init?(_ text: String) {
        guard text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
        rest = text.dropFirst().dropLast().unicodeScalars
    }

    private(set) var isAtEnd = false

    /// The next element; `nil` after the last, or where the text is malformed.
    mutating func next() -> String?? {
        guard let first = rest.first else {
            isAtEnd = true
            return nil
        }
        var text = String.UnicodeScalarView()
        let quoted = first == "\""
        if quoted { rest.removeFirst() }
        while let scalar = rest.popFirst() {
            if quoted ? scalar == "\"" : scalar == "," { return end(text, quoted: quoted) }
            if scalar == "\\", let escaped = rest.popFirst() {
                text.append(escaped)
            } else {
                text.append(scalar)
            }
        }
        return quoted ? nil : end(text, quoted: false)
    }

    private mutating func end(_ text: String.UnicodeScalarView, quoted: Bool) -> String?? {
        if quoted, rest.first == "," { rest.removeFirst() }
        let value = String(text)
        return .some(quoted || value != "NULL" ? value : nil)
    }
}
