import Documents

/// A reference to a parameter (CWL 1.2, "Parameter references"): `inputs.file.basename`,
/// `inputs['a name'][0]`.
struct ParameterReference: Hashable, Sendable {
    enum Segment: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    let root: String
    let segments: [Segment]

    /// - Returns: `nil` where the text is no reference.
    init?(_ text: String) {
        var rest = text[...]
        guard let root = Self.symbol(&rest) else { return nil }
        var segments: [Segment] = []
        while let first = rest.first {
            rest.removeFirst()
            switch first {
            case ".":
                guard let key = Self.symbol(&rest) else { return nil }
                segments.append(.key(key))
            case "[":
                guard let segment = Self.bracketed(&rest) else { return nil }
                segments.append(segment)
            default: return nil
            }
        }
        self.root = root
        self.segments = segments
    }

    private static func symbol(_ rest: inout Substring) -> String? {
        let symbol = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest = rest.dropFirst(symbol.count)
        return symbol.isEmpty ? nil : String(symbol)
    }

    /// What is between brackets: digits, or a text in quotes.
    private static func bracketed(_ rest: inout Substring) -> Segment? {
        guard let quote = rest.first else { return nil }
        guard quote == "'" || quote == "\"" else {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let index = Int(digits), rest.popFirst() == "]" else { return nil }
            return .index(index)
        }
        rest.removeFirst()
        var key = ""
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let next = rest.popFirst() else { return nil }
                key.append(next)
            case quote: return rest.popFirst() == "]" ? .key(key) : nil
            default: key.append(character)
            }
        }
        return nil
    }

    /// What it refers to.
    ///
    /// - Parameter context: `inputs`, `self` and `runtime`.
    /// - Returns: `nil` where there is no such thing.
    func value(in context: [String: JSONValue]) -> JSONValue? {
        if root == "null" { return segments.isEmpty ? .null : nil }
        guard var value = context[root] else { return nil }
        for segment in segments {
            switch (segment, value) {
            case (.key(let key), .object):
                guard let member = value[key] else { return nil }
                value = member
            case (.key("length"), .list(let values)): value = .integer(values.count)
            case (.index(let index), .list(let values)):
                guard values.indices.contains(index) else { return nil }
                value = values[index]
            case (.index(let index), .text(let text)):
                guard let character = text.dropFirst(index).first else { return nil }
                value = .text(String(character))
            default: return nil
            }
        }
        return value
    }
}
