/// Texts and numbers in JSON's notation.
public enum JSONText {
    /// `text` in double quotes, with what RFC 8259 section 7 wants escaped and nothing else.
    public static func quoted(_ text: String) -> String {
        var result = ""
        write(text, to: &result)
        return result
    }

    /// Writes `text` in double quotes.
    ///
    /// - Parameter named: whether backspace and form feed are written by their letters, as RFC
    ///   8785 wants them, and not by their numbers.
    static func write(_ text: String, to result: inout String, named: Bool = false) {
        result += "\""
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
            result += text
        } else {
            for scalar in text.unicodeScalars { write(scalar, to: &result, named) }
        }
        result += "\""
    }

    private static func write(
        _ scalar: Unicode.Scalar, to result: inout String, _ named: Bool
    ) {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "\u{8}" where named: result += "\\b"
        case "\u{C}" where named: result += "\\f"
        case _ where scalar.value < 0x20:
            let hex = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: result.unicodeScalars.append(scalar)
        }
    }
}
