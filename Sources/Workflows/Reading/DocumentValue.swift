/// A value of a JSON or YAML document, with where it stands.
struct DocumentValue: Sendable {
    let content: Content
    let mark: TextMark

    enum Content: Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case text(String)
        case list([DocumentValue])
        case object([Field])
    }

    /// One of an object's fields, in the document's order.
    struct Field: Sendable {
        let name: String
        let mark: TextMark
        let value: DocumentValue
    }

    /// The value as a diagnostic shows it.
    var summary: String {
        switch content {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): Int(exactly: value).map(String.init) ?? "\(value)"
        case .text(let value): Self.quoted(value)
        case .list(let values): "a list of \(values.count)"
        case .object: "an object"
        }
    }

    /// A text in quotation marks, on one line and not too long.
    static func quoted(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(100) {
            shown.unicodeScalars.append(isPrintable(scalar) ? scalar : "\u{FFFD}")
        }
        return text.unicodeScalars.count > 100 ? "\"\(shown)...\"" : "\"\(shown)\""
    }

    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        // Most are plain, and categories are slow to look up.
        if (0x20...0x7E).contains(scalar.value) { return true }
        return switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }
}

/// A place in a text, line and column counted from 1.
struct TextMark: Hashable, Comparable, Sendable {
    let line: Int
    let column: Int

    static let start = TextMark(line: 1, column: 1)

    static func < (left: TextMark, right: TextMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// Why a text is no document.
struct SyntaxError: Error {
    let mark: TextMark
    let found: String
    let expected: String
}
