/// Reads a JSON text (RFC 8259): strictly, in one pass, to a bounded depth.
struct JSONReader {
    private let bytes: [UInt8]
    private var place = 0

    /// How deep lists and objects may be in one another.
    private static let mostLevels = 64

    /// - Throws: `PayloadError` of code `message` with the place of the first fault, counted in
    ///   bytes from 0.
    static func value(of bytes: [UInt8]) throws(PayloadError) -> JSON {
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(level: 0)
        reader.skipSpace()
        guard reader.place == bytes.count else { throw reader.fault("the end") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func value(level: Int) throws(PayloadError) -> JSON {
        guard level < Self.mostLevels else { throw fault("at most \(Self.mostLevels) levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(level: level)
        case UInt8(ascii: "["): return try array(level: level)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(level: Int) throws(PayloadError) -> JSON {
        place += 1
        var fields: [String: JSON] = [:]
        skipSpace()
        if take("}") { return .object(fields) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault("a field's name") }
            let name = try string()
            skipSpace()
            guard take(":") else { throw fault("a colon") }
            fields[name] = try value(level: level + 1)
            skipSpace()
        } while take(",")
        guard take("}") else { throw fault("a comma or a closing brace") }
        return .object(fields)
    }

    private mutating func array(level: Int) throws(PayloadError) -> JSON {
        place += 1
        var values: [JSON] = []
        skipSpace()
        if take("]") { return .array(values) }
        repeat {
            values.append(try value(level: level + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw fault("a comma or a closing bracket") }
        return .array(values)
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(PayloadError) -> JSON {
        let isThere = word.withUTF8Buffer { bytes[place...].starts(with: $0) }
        guard isThere else { throw fault("a value") }
        place += word.utf8CodeUnitCount
        return value
    }

    private mutating func number() throws(PayloadError) -> JSON {
        let start = place
        _ = take("-")
        let whole = place
        try someDigits()
        guard bytes[whole] != UInt8(ascii: "0") || place == whole + 1 else {
            throw fault("a number without a leading zero")
        }
        if take(".") { try someDigits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try someDigits()
        }
        return .number(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    private mutating func someDigits() throws(PayloadError) {
        guard let digit = next, isDigit(digit) else { throw fault("a value or a digit") }
        digits()
    }

    private mutating func digits() {
        while let digit = next, isDigit(digit) { place += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private mutating func string() throws(PayloadError) -> String {
        place += 1
        let start = place
        var escaped: [UInt8]?
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                let text =
                    if let escaped {
                        String(validating: escaped, as: UTF8.self)
                    } else {
                        String(validating: bytes[start..<place], as: UTF8.self)
                    }
                guard let text else { throw fault("UTF-8") }
                place += 1
                return text
            case UInt8(ascii: "\\"):
                if escaped == nil { escaped = Array(bytes[start..<place]) }
                place += 1
                escaped?.append(contentsOf: try escape())
            case 0..<0x20: throw fault("no control character in a text")
            default:
                escaped?.append(byte)
                place += 1
            }
        }
        throw fault("a closing quotation mark")
    }

    private mutating func escape() throws(PayloadError) -> [UInt8] {
        guard let byte = next else { throw fault("an escape") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
        default: throw fault("an escape")
        }
    }

    /// What follows `\u`, and the second half of a pair of surrogates.
    private mutating func scalar() throws(PayloadError) -> Unicode.Scalar {
        var code = try unit()
        if code >= 0xD800, code < 0xDC00, take("\\"), take("u") {
            let low = try unit()
            guard low >= 0xDC00, low < 0xE000 else { throw fault("a pair of surrogates") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw fault("a pair of surrogates") }
        return scalar
    }

    private mutating func unit() throws(PayloadError) -> UInt32 {
        guard place + 4 <= bytes.count,
            let unit = UInt32(
                String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16),
            bytes[place] != UInt8(ascii: "+"), bytes[place] != UInt8(ascii: "-")
        else { throw fault("four hexadecimal digits") }
        place += 4
        return unit
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            place += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = next, byte == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private func fault(_ expected: String) -> PayloadError {
        PayloadError(.message, "JSON: byte \(place): expected \(expected)")
    }
}
