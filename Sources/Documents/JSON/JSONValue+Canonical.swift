extension JSONValue {
    /// The value as a text that is always the same: members sorted, no space, numbers in the
    /// shortest form that reads back (RFC 8785, JSON Canonicalization Scheme).
    ///
    /// Names are to be ASCII; what JSON has no number for is null.
    public var canonical: String {
        var text = ""
        writeCanonical(to: &text)
        return text
    }

    /// An object of the members that are there.
    public static func fields(_ fields: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(fields.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    /// An object of members in no order.
    public static func object(_ fields: [String: JSONValue]) -> JSONValue {
        .object(fields.map { Member(name: $0.key, value: $0.value) })
    }

    private func writeCanonical(to text: inout String) {
        switch self {
        case .text(let string): JSONText.write(string, to: &text, named: true)
        // JSON's numbers are those of double precision.
        case .integer(let number): text += JSONText.digits(of: Double(number))
        case .real(let number): text += number.isFinite ? JSONText.digits(of: number) : "null"
        case .boolean(let flag): text += flag ? "true" : "false"
        case .null: text += "null"
        case .list(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.writeCanonical(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            // Names are ASCII, so that this is the order of their UTF-16 units too.
            for (index, member) in members.sorted(by: { $0.name < $1.name }).enumerated() {
                if index > 0 { text += "," }
                JSONText.write(member.name, to: &text, named: true)
                text += ":"
                member.value.writeCanonical(to: &text)
            }
            text += "}"
        }
    }
}

extension JSONText {
    /// A finite number as ECMAScript writes it (ECMA-262, Number::toString).
    public static func digits(of number: Double) -> String {
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
