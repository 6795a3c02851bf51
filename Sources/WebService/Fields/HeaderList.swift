/// The parts of a header field's value (RFC 9110 section 5.6).
enum HeaderList {
    /// The elements of a list, without the white space around them; empty ones count as nothing
    /// (section 5.6.1.2), and a comma within a quoted string separates nothing.
    static func elements(_ text: some StringProtocol) -> [Substring] {
        parts(text, separator: ",").filter { !$0.isEmpty }
    }

    /// What stands between separators outside quoted strings, without the white space around it.
    static func parts(_ text: some StringProtocol, separator: Unicode.Scalar) -> [Substring] {
        var parts: [Substring] = []
        let scalars = Substring(text).unicodeScalars
        var start = scalars.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in scalars.indices {
            let scalar = scalars[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                isQuoted.toggle()
            } else if scalar == separator, !isQuoted {
                parts.append(trimmed(Substring(scalars[start..<index])))
                start = scalars.index(after: index)
            }
        }
        parts.append(trimmed(Substring(scalars[start...])))
        return parts
    }

    /// A token, or a quoted string without its quotes; `nil` where `text` is neither.
    static func value(_ text: Substring) -> String? {
        guard text.utf8.first == UInt8(ascii: "\"") else {
            return isToken(text) ? String(text) : nil
        }
        var result = String.UnicodeScalarView()
        var isEscaped = false
        var rest = text.unicodeScalars.dropFirst()
        while let scalar = rest.popFirst() {
            if isEscaped {
                result.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                return rest.isEmpty ? String(result) : nil
            } else {
                result.append(scalar)
            }
        }
        return nil
    }

    /// Whether `text` is a token (section 5.6.2): letters, digits and a few marks, not empty.
    static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
    }

    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// `text` without spaces and tabs at its ends.
    static func trimmed(_ text: Substring) -> Substring {
        func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }
        let rest = text.drop(while: isSpace)
        guard let last = rest.lastIndex(where: { !isSpace($0) }) else { return rest.prefix(0) }
        return rest[...last]
    }
}
