/// A property of an iCalendar file: `DTSTART;TZID=Europe/Rome:20270112T080000`.
public struct ContentLine {
    /// In capitals.
    public let name: String
    /// Names in capitals; values without quotes and with the escapes of RFC 6868 undone.
    let parameters: [(name: String, value: String)]
    /// As it is written.
    public let value: String
    /// Line of the file where it begins, from 1.
    public let line: Int

    /// The value of a parameter.
    func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// The value with the escapes of RFC 5545 section 3.3.11 undone.
    var text: String { Self.unescaped(value) }

    /// A text with the escapes of RFC 5545 section 3.3.11 undone.
    static func unescaped(_ value: String) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in value.unicodeScalars {
            if isEscaped {
                result.append(scalar == "n" || scalar == "N" ? "\n" : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Cuts an unfolded line at its name, parameters and value (RFC 5545 section 3.1); `nil`
    /// where it has no colon or no name, or a parameter is none.
    init?(_ text: String, line: Int) {
        // By bytes: a mark that combines with the sign before it does not hide that sign.
        let bytes = Array(text.utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var isQuoted = false
        var colon: Int?
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";") {
                parts.append(bytes[start..<index])
                start = index + 1
                if byte == UInt8(ascii: ":") {
                    colon = index
                    break
                }
            }
        }
        guard let colon, let name = parts.first, Self.isName(name) else { return nil }
        var parameters: [(name: String, value: String)] = []
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")), Self.isName(part[..<equals])
            else { return nil }
            let value = part[(equals + 1)...].filter { $0 != UInt8(ascii: "\"") }
            parameters.append(
                (
                    String(decoding: part[..<equals], as: UTF8.self).uppercased(),
                    Self.withoutCarets(String(decoding: value, as: UTF8.self))
                ))
        }
        self.name = String(decoding: name, as: UTF8.self).uppercased()
        self.parameters = parameters
        value = String(decoding: bytes[(colon + 1)...], as: UTF8.self)
        self.line = line
    }

    /// A parameter's value with the escapes of RFC 6868 undone: `^n`, `^'` and `^^`.
    private static func withoutCarets(_ value: String) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in value.unicodeScalars {
            if isEscaped {
                switch scalar {
                case "n": result.append("\n")
                case "'": result.append("\"")
                case "^": result.append("^")
                default: result.append(contentsOf: ["^", scalar])
                }
                isEscaped = false
            } else if scalar == "^" {
                isEscaped = true
            } else {
                result.append(scalar)
            }
        }
        if isEscaped { result.append("^") }
        return String(result)
    }

    private static func isName(_ text: ArraySlice<UInt8>) -> Bool {
        !text.isEmpty
            && text.allSatisfy {
                $0 == UInt8(ascii: "-") || (48...57).contains($0) || (65...90).contains($0)
                    || (97...122).contains($0)
            }
    }
}
