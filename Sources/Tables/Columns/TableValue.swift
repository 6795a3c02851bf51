/// A value of a table to be written.
public enum TableValue: Hashable, Sendable {
    case text(String)
    case integer(Int)
    /// Written with the fewest digits that read back as the same number.
    case real(Double)
    case boolean(Bool)
    /// No value.
    case missing
}

extension TableValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral
{
    public init(stringLiteral text: String) { self = .text(text) }
    public init(integerLiteral number: Int) { self = .integer(number) }
    public init(floatLiteral number: Double) { self = .real(number) }
}

extension TableValue {
    /// Whether a column of `type` may hold it.
    func fits(_ type: ColumnType) -> Bool {
        switch (self, type) {
        case (.missing, _), (.text, .text), (.integer, .integer), (.integer, .real), (.real, .real),
            (.boolean, .boolean):
            true
        default: false
        }
    }
}
