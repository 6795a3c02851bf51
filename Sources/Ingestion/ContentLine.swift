/// A property of an iCalendar file: `DTSTART;TZID=Europe/Rome:20270112T080000`.
struct ContentLine {
    /// In capitals.
    let name: String
    /// Names in capitals; values without quotes.
    let parameters: [(name: String, value: String)]
    let value: String
    /// Line of the file where it begins, from 1.
    let line: Int

    /// The value of a parameter.
    func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// The value with the escapes of RFC 5545 section 3.3.11 undone.
    var text: String {
        var result = ""
        var isEscaped = false
        for character in value {
            if isEscaped {
                result.append(character == "n" || character == "N" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// Cuts an unfolded line at its name, parameters and value (RFC 5545 section 3.1); `nil`
    /// where it has no colon or no name.
    init?(_ text: String, line: Int) {
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, character == ":" {
                parts.append(part)
                break
            } else if !isQuoted, character == ";" {
                parts.append(part)
                part = ""
                continue
            }
            part.append(character)
            if rest.isEmpty { return nil }
        }
        guard let name = parts.first, Self.isName(name) else { return nil }
        var parameters: [(name: String, value: String)] = []
        for parameter in parts.dropFirst() {
            guard let equals = parameter.firstIndex(of: "=") else { return nil }
            let value = parameter[parameter.index(after: equals)...].filter { $0 != "\"" }
            parameters.append((parameter[..<equals].uppercased(), value))
        }
        self.name = name.uppercased()
        self.parameters = parameters
        value = String(rest)
        self.line = line
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                $0 == UInt8(ascii: "-") || (48...57).contains($0) || (65...90).contains($0)
                    || (97...122).contains($0)
            }
    }
}
