import GroundSegment

/// A parameter of a route: how it is checked, and how the interface's description tells of it.
struct Parameter: Hashable, Sendable {
    enum Place: String, Sendable { case path, query }

    enum Kind: Hashable, Sendable {
        /// Any printable text, not empty.
        case text
        /// Any text, checked by the route itself.
        case any
        case real(ClosedRange<Double>)
        case integer(ClosedRange<Int>)
        /// ISO 8601 date or date and time; no zone is UTC.
        case date
        case choice([String])
    }

    let name: String
    let place: Place
    let kind: Kind
    let isRequired: Bool
    /// One sentence for the reader of the description.
    let description: String

    static func path(_ name: String, _ kind: Kind = .text, _ description: String) -> Parameter {
        Parameter(
            name: name, place: .path, kind: kind, isRequired: true, description: description)
    }

    static func query(
        _ name: String, _ kind: Kind, isRequired: Bool = false, _ description: String
    ) -> Parameter {
        Parameter(
            name: name, place: .query, kind: kind, isRequired: isRequired,
            description: description)
    }

    /// The value of a text that a client sent.
    ///
    /// - Throws: `Problem` that names the parameter, what was found and what was expected.
    func value(_ text: String) throws(Problem) -> ParameterValue {
        guard let value = parsed(text) else {
            throw .parameter(name, found: text, expected: expectation)
        }
        return value
    }

    private func parsed(_ text: String) -> ParameterValue? {
        switch kind {
        case .text:
            // PostgreSQL's texts hold no NUL, and no identifier has a control character.
            let isPrintable = text.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x7F
            }
            return isPrintable && !text.isEmpty ? .text(text) : nil
        case .any: return .text(text)
        case .real(let range):
            return FormValue.number(text).flatMap { range.contains($0) ? .real($0) : nil }
        case .integer(let range):
            return FormValue.integer(text).flatMap { range.contains($0) ? .integer($0) : nil }
        case .date: return FormValue.date(text).map(ParameterValue.date)
        case .choice(let choices): return choices.contains(text) ? .text(text) : nil
        }
    }

    /// A decimal number; hexadecimal, infinities and not-a-numbers are none.
    static func plainNumber(_ text: some StringProtocol) -> Double? {
        let isPlain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || [43, 45, 46, 69, 101].contains(byte)
        }
        guard isPlain, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private var expectation: String {
        switch kind {
        case .text, .any: "a printable text"
        case .real(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .date: "an ISO 8601 date, or date and time; a plus is written %2B"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        }
    }
}

/// A parameter's value, of the kind that the route declares.
enum ParameterValue: Hashable, Sendable {
    case text(String)
    case real(Double)
    case integer(Int)
    case date(MJD)
}
