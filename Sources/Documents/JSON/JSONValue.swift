/// A JSON value (RFC 8259) whose objects keep the order of their members, so that the same value
/// gives the same bytes.
public enum JSONValue: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case real(Double)
    case boolean(Bool)
    case null
    case list([JSONValue])
    case object([Member])

    /// A name and its value.
    public struct Member: Hashable, Sendable {
        public let name: String
        public let value: JSONValue

        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// A list of texts.
    public static func list(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.text)) }

    /// The value in JSON's notation, without white space but for a space after colons and commas;
    /// what JSON has no number for is null.
    public var encoded: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .text(let value): JSONText.write(value, to: &text)
        case .integer(let number): text += String(number)
        case .real(let number): text += number.isFinite ? "\(number)" : "null"
        case .boolean(let flag): text += flag ? "true" : "false"
        case .null: text += "null"
        case .list(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += ", " }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += ", " }
                JSONText.write(member.name, to: &text)
                text += ": "
                member.value.write(to: &text)
            }
            text += "}"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral text: String) { self = .text(text) }
    public init(integerLiteral number: Int) { self = .integer(number) }
    public init(booleanLiteral flag: Bool) { self = .boolean(flag) }
    public init(arrayLiteral values: JSONValue...) { self = .list(values) }
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(members.map { Member(name: $0.0, value: $0.1) })
    }
}
