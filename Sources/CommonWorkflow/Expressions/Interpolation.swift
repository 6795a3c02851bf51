/// A text with expressions (CWL 1.2, "String interpolation").
struct Interpolation: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case literal(String)
        /// What is between `$(` and `)`.
        case expression(String)
        /// What is between `${` and `}`: the body of a function.
        case function(String)
    }

    let parts: [Part]

    /// An expression without an end.
    struct Unfinished: Error {}

    /// Whether a text is to be read as one with expressions.
    static func isOne(_ text: String) -> Bool { text.contains("$(") || text.contains("${") }

    /// - Parameter version: until CWL 1.1 a backslash stands before any character that is meant.
    init(_ text: String, version: CWLVersion) throws(Unfinished) {
        var parts: [Part] = []
        var literal: [UInt8] = []
        let bytes = Array(text.utf8)
        var place = 0
        func byte(_ place: Int) -> UInt8? { bytes.indices.contains(place) ? bytes[place] : nil }
        func isOpening(_ place: Int) -> Bool {
            byte(place) == dollar && (byte(place + 1) == parenthesis || byte(place + 1) == brace)
        }
        while place < bytes.count {
            if bytes[place] == backslash {
                if isOpening(place + 1) {
                    literal += bytes[place + 1...place + 2]
                    place += 3
                } else if let next = byte(place + 1), next == backslash || version < .v12 {
                    literal.append(next)
                    place += 2
                } else {
                    literal.append(backslash)
                    place += 1
                }
            } else if isOpening(place) {
                guard let end = Self.end(of: bytes, from: place + 1) else { throw Unfinished() }
                if !literal.isEmpty {
                    parts.append(.literal(String(decoding: literal, as: UTF8.self)))
                }
                literal = []
                let code = String(decoding: bytes[place + 2..<end], as: UTF8.self)
                parts.append(bytes[place + 1] == brace ? .function(code) : .expression(code))
                place = end + 1
            } else {
                literal.append(bytes[place])
                place += 1
            }
        }
        if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
        self.parts = parts
    }

    /// Where the bracket that opens at `start` is closed; brackets of the other kind and those in
    /// texts do not count.
    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        let open = bytes[start]
        let close = open == brace ? closingBrace : closingParenthesis
        var depth = 0
        var quote: UInt8?
        var place = start
        while place < bytes.count {
            let byte = bytes[place]
            if let end = quote {
                if byte == backslash { place += 1 } else if byte == end { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == open {
                depth += 1
            } else if byte == close {
                depth -= 1
                if depth == 0 { return place }
            }
            place += 1
        }
        return nil
    }

    /// Whether all its expressions are references to parameters.
    var isOfReferences: Bool {
        parts.allSatisfy { part in
            switch part {
            case .literal: true
            case .expression(let code): ParameterReference(code) != nil
            case .function: false
            }
        }
    }
}

private let backslash = UInt8(ascii: "\\")
private let dollar = UInt8(ascii: "$")
private let parenthesis = UInt8(ascii: "(")
private let closingParenthesis = UInt8(ascii: ")")
private let brace = UInt8(ascii: "{")
private let closingBrace = UInt8(ascii: "}")
