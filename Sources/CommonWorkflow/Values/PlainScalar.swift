import Documents

/// What a YAML scalar without quotes stands for (YAML 1.2.2, section 10.3, the core schema).
enum PlainScalar {
    static func value(_ word: String) -> JSONValue {
        switch word {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        default: break
        }
        guard let first = word.utf8.first, numberStarts.contains(first) else { return .text(word) }
        if let whole = whole(word) { return .integer(whole) }
        return isDecimal(word) ? Double(word).map { number(of: $0) } ?? .text(word) : .text(word)
    }

    private static let numberStarts = Array("+-.0123456789".utf8)

    private static func number(of number: Double) -> JSONValue {
        number.isFinite ? .real(number) : .null
    }

    private static func whole(_ word: String) -> Int? {
        if word.hasPrefix("0o") { return digits(word.dropFirst(2), radix: 8) }
        if word.hasPrefix("0x") { return digits(word.dropFirst(2), radix: 16) }
        let isSigned = word.hasPrefix("+") || word.hasPrefix("-")
        let rest = isSigned ? word.dropFirst() : word[...]
        guard !rest.isEmpty, rest.utf8.allSatisfy(isDigit) else { return nil }
        return Int(word)
    }

    private static func digits(_ text: Substring, radix: Int) -> Int? {
        text.first.map { $0 == "+" || $0 == "-" } ?? true ? nil : Int(text, radix: radix)
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isDecimal(_ word: String) -> Bool {
        var rest = word.utf8[...]
        func skipSign() {
            if let byte = rest.first, "+-".utf8.contains(byte) { rest.removeFirst() }
        }
        func skipDigits() -> Int {
            let count = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(count)
            return count
        }
        skipSign()
        var count = skipDigits()
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            count += skipDigits()
        }
        guard count > 0 else { return false }
        if let byte = rest.first, "eE".utf8.contains(byte) {
            rest.removeFirst()
            skipSign()
            guard skipDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
