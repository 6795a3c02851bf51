public import Documents

/// A parameter of a route: how it is checked, and how the interface's description tells of it.
public struct Parameter: Sendable {
    /// Where it stands in a request.
    public enum Place: String, Sendable { case path, query }

    /// What values it takes.
    public enum Kind: Sendable {
        /// Any printable text, not empty.
        case text
        /// Any text, checked by the route itself.
        case any
        case real(ClosedRange<Double>)
        case integer(ClosedRange<Int>)
        case choice([String])
        /// Texts of a form that the service knows.
        case form(ParameterForm)
    }

    public let name: String
    public let place: Place
    public let kind: Kind
    public let isRequired: Bool
    /// One sentence for the reader of the description.
    public let description: String
    /// The statuses of problems that any route has with it, each with its reason.
    public let problems: [Int: String]

    /// A segment of the path.
    public static func path(
        _ name: String, _ kind: Kind = .text, problems: [Int: String] = [:], _ description: String
    ) -> Parameter {
        Parameter(
            name: name, place: .path, kind: kind, isRequired: true, description: description,
            problems: problems)
    }

    /// A value of the query.
    public static func query(
        _ name: String, _ kind: Kind, isRequired: Bool = false, problems: [Int: String] = [:],
        _ description: String
    ) -> Parameter {
        Parameter(
            name: name, place: .query, kind: kind, isRequired: isRequired,
            description: description, problems: problems)
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
        case .choice(let choices): return choices.contains(text) ? .text(text) : nil
        case .form(let form): return form.isValid(text) ? .text(text) : nil
        }
    }

    private var expectation: String {
        switch kind {
        case .text, .any: "a printable text"
        case .real(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        case .form(let form): form.expectation
        }
    }
}

/// A form of texts: how it is checked and described.
public struct ParameterForm: Sendable {
    /// Its Schema Object of OpenAPI 3.1.
    let schema: JSONValue
    /// What is expected, as who sent another text is told: `an ISO 8601 date`.
    public let expectation: String
    let isValid: @Sendable (String) -> Bool

    public init(
        schema: JSONValue, expectation: String, isValid: @escaping @Sendable (String) -> Bool
    ) {
        self.schema = schema
        self.expectation = expectation
        self.isValid = isValid
    }
}

/// A parameter's value, of the kind that the route declares.
enum ParameterValue: Hashable, Sendable {
    case text(String)
    case real(Double)
    case integer(Int)
}
