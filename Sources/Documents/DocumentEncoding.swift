public import Foundation

/// The character encodings of YAML (YAML 1.2.2 section 5.2) and with it of JSON: UTF-8, UTF-16 and UTF-32, told by a
/// byte order mark or by where the zero bytes of the first character are.
public enum DocumentEncoding {
    /// Why bytes are no text.
    public struct Fault: Error, Hashable, Sendable {
        public let found: String
        public let expected: String

        public init(found: String, expected: String) {
            self.found = found
            self.expected = expected
        }
    }

    /// The text without its mark.
    public static func text(of data: Data) -> Result<String, Fault> {
        let head = [UInt8](data.prefix(4))
        for (mark, size, isLittle) in marks where head.starts(with: mark) {
            return decoded(data.dropFirst(mark.count), size: size, isLittle: isLittle)
        }
        for (pattern, size, isLittle) in patterns
        where head.count == 4 && zip(pattern, head).allSatisfy({ ($0 == 0) == ($1 == 0) }) {
            return decoded(data, size: size, isLittle: isLittle)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            return .failure(Fault(found: "bytes that are no UTF-8", expected: "UTF-8 text"))
        }
        return .success(text)
    }

    /// Byte order marks with the bytes of a code unit, and whether the lowest comes first.
    private static let marks: [([UInt8], Int, Bool)] = [
        ([0xEF, 0xBB, 0xBF], 1, true), ([0xFF, 0xFE, 0, 0], 4, true),
        ([0, 0, 0xFE, 0xFF], 4, false), ([0xFF, 0xFE], 2, true), ([0xFE, 0xFF], 2, false),
    ]

    /// Where the first characters, which are ASCII, have their zero bytes (0) and others (1).
    private static let patterns: [([UInt8], Int, Bool)] = [
        ([0, 0, 0, 1], 4, false), ([1, 0, 0, 0], 4, true), ([0, 1, 0, 1], 2, false),
        ([1, 0, 1, 0], 2, true),
    ]

    private static func decoded(_ data: Data, size: Int, isLittle: Bool) -> Result<String, Fault> {
        let name = "UTF-\(size * 8)"
        let fault = Fault(found: "bytes that are no \(name)", expected: "\(name) text")
        guard data.count % size == 0 else { return .failure(fault) }
        let bytes = [UInt8](data)
        let units = stride(from: 0, to: bytes.count, by: size).map { start in
            let unit = bytes[start..<start + size]
            let ordered = isLittle ? Array(unit.reversed()) : Array(unit)
            return ordered.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        let text =
            switch size {
            case 1: String(validating: bytes, as: UTF8.self)
            case 2: String(validating: units.map { UInt16($0) }, as: UTF16.self)
            default: String(validating: units, as: UTF32.self)
            }
        return text.map { .success($0) } ?? .failure(fault)
    }
}
