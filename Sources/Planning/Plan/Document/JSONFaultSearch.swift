import Foundation

/// Finds where a JSON text is at fault, by RFC 8259, after a decoder has refused it without a
/// word about the place.
struct JSONFaultSearch {
    /// Containers within containers that a decoder reads.
    static let deepest = 512

    private let bytes: [UInt8]
    /// Whether the number at a path of names and places (`[3]`) has to be whole.
    private let isWhole: ([String]) -> Bool
    private var place = 0
    private var path: [String] = []
    private(set) var faults: [PlanFault] = []

    /// What stops the search.
    private struct Stop: Error {}

    /// - Parameter isWhole: whether the number at a path of names and places (`[3]`) has to be
    ///   whole.
    init(_ data: Data, isWhole: @escaping ([String]) -> Bool) {
        bytes = [UInt8](data)
        self.isWhole = isWhole
        do {
            try value()
            skipSpace()
            if place < bytes.count { try stop("more after its end", "nothing") }
        } catch {}
    }

    private mutating func add(_ found: String, _ expected: String) {
        let field = path.reduce(into: "") { text, step in
            text += (text.isEmpty || step.hasPrefix("[") ? "" : ".") + step
        }
        faults.append(
            PlanFault(
                record: nil, field: field.isEmpty ? nil : field, found: found, expected: expected))
    }

    private mutating func stop(_ found: String, _ expected: String) throws {
        add("\(found) at byte \(place)", expected)
        throw Stop()
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let next, [32, 9, 10, 13].contains(next) { place += 1 }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard place + count <= bytes.count else { return false }
        let isHere = (0..<count).allSatisfy { bytes[place + $0] == text.utf8Start[$0] }
        if isHere { place += count }
        return isHere
    }

    private mutating func value() throws {
        guard path.count <= Self.deepest else {
            path = []
            return try stop("more than \(Self.deepest) lists within each other", "fewer")
        }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): try members()
        case UInt8(ascii: "["): try elements()
        case UInt8(ascii: "\""): _ = try text()
        case let byte? where byte == UInt8(ascii: "-") || (48...57).contains(byte): number()
        default:
            if !take("true"), !take("false"), !take("null") { try stop("no value", "a value") }
        }
    }

    private mutating func members() throws {
        place += 1
        skipSpace()
        if take("}") { return }
        repeat {
            skipSpace()
            path.append(try text())
            skipSpace()
            if !take(":") { try stop("no colon", "one after a name") }
            try value()
            path.removeLast()
            skipSpace()
        } while take(",")
        if !take("}") { try stop("no end of an object", "a comma or }") }
    }

    private mutating func elements() throws {
        place += 1
        skipSpace()
        if take("]") { return }
        var index = 0
        repeat {
            path.append("[\(index)]")
            try value()
            path.removeLast()
            index += 1
            skipSpace()
        } while take(",")
        if !take("]") { try stop("no end of a list", "a comma or ]") }
    }

    private mutating func text() throws -> String {
        guard take("\"") else {
            try stop("no text", "a name in quotes")
            return ""
        }
        let start = place
        while let byte = next, byte != UInt8(ascii: "\"") {
            if byte < 32 { try stop("a control character in a text", "its escape") }
            place += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard next != nil else {
            try stop("no end of a text", "a quote")
            return ""
        }
        place += 1
        return String(decoding: bytes[start..<(place - 1)].prefix(100), as: UTF8.self)
    }

    private mutating func number() {
        let start = place
        while let byte = next,
            (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 || byte == 69
                || byte == 101
        {
            place += 1
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        let number = Double(text).flatMap { $0.isFinite ? $0 : nil }
        if isWhole(path), path.last == "seed" ? UInt64(text) == nil : Int(text) == nil {
            if number.flatMap({ Int(exactly: $0) }) == nil || path.last == "seed" {
                add(String(text.prefix(40)), "a whole number")
            }
        } else if number == nil {
            add(String(text.prefix(40)), "a number that can be held")
        }
    }
}
