/// A JSON value whose text is always the same: keys sorted, no space, numbers in the shortest
/// form that reads back (RFC 8785, JSON Canonicalization Scheme).
enum CanonicalJSON {
    case number(Double)
    case text(String)
    case list([CanonicalJSON])
    case object([String: CanonicalJSON])

    static func number(_ number: Int) -> CanonicalJSON { .number(Double(number)) }

    static func texts(_ texts: [String]) -> CanonicalJSON { .list(texts.map(CanonicalJSON.text)) }

    /// An object of the fields that are there.
    static func fields(_ fields: KeyValuePairs<String, CanonicalJSON?>) -> CanonicalJSON {
        var present: [String: CanonicalJSON] = [:]
        for (name, value) in fields where value != nil { present[name] = value }
        return .object(present)
    }

    var string: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .number(let number): text += Self.digits(of: number)
        case .text(let string): Self.write(string, to: &text)
        case .list(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let fields):
            text += "{"
            // Names are ASCII, so that this is the order of their UTF-16 units too.
            for (index, field) in fields.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { text += "," }
                Self.write(field.key, to: &text)
                text += ":"
                field.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{8}": text += "\\b"
            case "\t": text += "\\t"
            case "\n": text += "\\n"
            case "\u{C}": text += "\\f"
            case "\r": text += "\\r"
            case "\0"..."\u{1F}":
                text += scalar.value < 16 ? "\\u000" : "\\u00"
                text += String(scalar.value, radix: 16)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// A finite number as ECMAScript writes it (ECMA-262, Number::toString).
    static func digits(of number: Double) -> String {
        guard number != 0 else { return "0" }
        // The shortest digits that read back, in Swift's own layout.
        let parts = "\(number.magnitude)".split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let whole = mantissa[0] == "0" ? "" : String(mantissa[0])
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
        let all = whole + fraction
        let digits = String(all.drop { $0 == "0" })
        // The number is 0.DIGITS times ten to this power.
        var point = whole.count - (all.count - digits.count)
        if parts.count > 1, let exponent = Int(parts[1]) { point += exponent }
        let significant: String = digits.trimmingZeros
        let count = significant.count
        let text: String
        switch point {
        case 1...21 where count <= point:
            text = significant + String(repeating: "0", count: point - count)
        case 1...21: text = "\(significant.prefix(point)).\(significant.dropFirst(point))"
        case -5...0: text = "0." + String(repeating: "0", count: -point) + significant
        default:
            let rest = count > 1 ? ".\(String(significant.dropFirst(1)))" : ""
            text = "\(significant.prefix(1))\(rest)e\(point > 0 ? "+" : "-")\(abs(point - 1))"
        }
        return (number < 0 ? "-" : "") + text
    }
}

extension String {
    fileprivate var trimmingZeros: String {
        var text = self
        while text.last == "0" { text.removeLast() }
        return text
    }
}
