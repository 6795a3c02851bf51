/// Reads a JSON text (RFC 8259) with the place of every value.
struct JSONReader {
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1
    private var lineStart = 0
    /// UTF-8 bytes on this line that begin no character.
    private var continuations = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            place = 3
            lineStart = 3
        }
    }

    /// The value that a text consists of.
    ///
    /// - Parameter bytes: valid UTF-8.
    static func read(_ bytes: [UInt8]) throws(DocumentError) -> DocumentValue {
        var reader = JSONReader(bytes)
        reader.skipSpace()
        let value = try reader.value(depth: 1)
        reader.skipSpace()
        if reader.place < bytes.count { throw reader.fault(expected: "the end of the text") }
        return value
    }

    /// The number that a word is.
    static func number(_ word: String) -> Double? {
        guard let first = word.utf8.first, first == UInt8(ascii: "-") || isDigit(first) else {
            return nil
        }
        var reader = JSONReader(Array(word.utf8))
        guard (try? reader.number()) != nil, reader.next == nil else { return nil }
        return Double(word)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private var mark: TextMark {
        TextMark(line: line, column: place - lineStart - continuations + 1)
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func fault(expected: String) -> DocumentError {
        let found =
            next.map {
                (33...126).contains($0)
                    ? "'\(Character(Unicode.Scalar($0)))'" : "the byte \($0)"
            } ?? "the end of the text"
        return DocumentError(at: mark, found: found, expected: expected)
    }

    private mutating func skipSpace() {
        while let byte = next {
            switch byte {
            case 0x20, 0x09, 0x0D: place += 1
            case 0x0A:
                place += 1
                line += 1
                lineStart = place
                continuations = 0
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(DocumentError) -> DocumentValue {
        let mark = mark
        let content: DocumentValue.Content
        switch next {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if depth > DocumentValue.deepest { throw .tooDeep(at: mark) }
            content =
                next == UInt8(ascii: "{")
                ? .object(try fields(depth: depth)) : .list(try elements(depth: depth))
        case UInt8(ascii: "\""): content = .text(try text())
        case UInt8(ascii: "t"): content = .plain(try word("true"))
        case UInt8(ascii: "f"): content = .plain(try word("false"))
        case UInt8(ascii: "n"): content = .plain(try word("null"))
        default: content = .plain(try number())
        }
        return DocumentValue(content: content, mark: mark)
    }

    private mutating func word(_ word: String) throws(DocumentError) -> String {
        guard bytes[place...].starts(with: word.utf8) else { throw fault(expected: "a value") }
        place += word.utf8.count
        return word
    }

    private mutating func fields(depth: Int) throws(DocumentError) -> [DocumentValue.Field] {
        place += 1
        var fields: [DocumentValue.Field] = []
        skipSpace()
        if next == UInt8(ascii: "}") {
            place += 1
            return fields
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault(expected: "a field's name") }
            let mark = mark
            let name = try text()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw fault(expected: "':'") }
            place += 1
            skipSpace()
            let value = try value(depth: depth + 1)
            fields.append(DocumentValue.Field(name: name, mark: mark, value: value))
            if try !goesOn(until: UInt8(ascii: "}")) { return fields }
        }
    }

    private mutating func elements(depth: Int) throws(DocumentError) -> [DocumentValue] {
        place += 1
        var values: [DocumentValue] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            place += 1
            return values
        }
        while true {
            skipSpace()
            values.append(try value(depth: depth + 1))
            if try !goesOn(until: UInt8(ascii: "]")) { return values }
        }
    }

    /// Whether a comma follows rather than the end.
    private mutating func goesOn(until end: UInt8) throws(DocumentError) -> Bool {
        skipSpace()
        guard let byte = next, byte == end || byte == UInt8(ascii: ",") else {
            throw fault(expected: "',' or '\(Character(Unicode.Scalar(end)))'")
        }
        place += 1
        return byte != end
    }

    /// A number as it is written.
    private mutating func number() throws(DocumentError) -> String {
        let start = place
        if next == UInt8(ascii: "-") { place += 1 }
        let first = next
        let digits = skipDigits()
        guard digits > 0 else { throw fault(expected: "a value") }
        if first == UInt8(ascii: "0"), digits > 1 {
            place = start
            throw fault(expected: "a number without a leading 0")
        }
        if next == UInt8(ascii: ".") {
            place += 1
            guard skipDigits() > 0 else { throw fault(expected: "a digit") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            place += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
            guard skipDigits() > 0 else { throw fault(expected: "a digit") }
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        // Fewer digits than that, without an exponent, are always within the range.
        if text.utf8.count > 300 || text.contains(where: { $0 == "e" || $0 == "E" }),
            Double(text)?.isFinite != true
        {
            place = start
            throw fault(expected: "a number within the range of double precision")
        }
        return text
    }

    private mutating func skipDigits() -> Int {
        let start = place
        while let byte = next, Self.isDigit(byte) { place += 1 }
        return place - start
    }

    private mutating func text() throws(DocumentError) -> String {
        place += 1
        var start = place
        var text = ""
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                text += String(decoding: bytes[start..<place], as: UTF8.self)
                place += 1
                return text
            case UInt8(ascii: "\\"):
                text += String(decoding: bytes[start..<place], as: UTF8.self)
                place += 1
                text.unicodeScalars.append(try escaped())
                start = place
            case ..<0x20: throw fault(expected: "no control character in a text")
            default:
                if byte & 0xC0 == 0x80 { continuations += 1 }
                place += 1
            }
        }
        throw fault(expected: "'\"'")
    }

    private mutating func escaped() throws(DocumentError) -> Unicode.Scalar {
        let plain: Unicode.Scalar
        switch next {
        case UInt8(ascii: "\""): plain = "\""
        case UInt8(ascii: "\\"): plain = "\\"
        case UInt8(ascii: "/"): plain = "/"
        case UInt8(ascii: "b"): plain = "\u{8}"
        case UInt8(ascii: "f"): plain = "\u{C}"
        case UInt8(ascii: "n"): plain = "\n"
        case UInt8(ascii: "r"): plain = "\r"
        case UInt8(ascii: "t"): plain = "\t"
        case UInt8(ascii: "u"): return try escapedScalar()
        default: throw fault(expected: "one of \" \\ / b f n r t u after '\\'")
        }
        place += 1
        return plain
    }

    /// The scalar of one `\uXXXX`, or of the two of a surrogate pair.
    private mutating func escapedScalar() throws(DocumentError) -> Unicode.Scalar {
        let first = try escapedUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), next == UInt8(ascii: "\\") else {
            throw fault(expected: "the second of a surrogate pair")
        }
        place += 1
        guard next == UInt8(ascii: "u") else {
            throw fault(expected: "the second of a surrogate pair")
        }
        let second = try escapedUnit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault(expected: "the second of a surrogate pair") }
        return scalar
    }

    /// The number of `uXXXX`.
    private mutating func escapedUnit() throws(DocumentError) -> UInt32 {
        place += 1
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next,
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw fault(expected: "four hexadecimal digits") }
            unit = unit << 4 | UInt32(digit)
            place += 1
        }
        return unit
    }
}
