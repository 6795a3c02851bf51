/// A condition on a row of the manager's list: `status = FAILED`, `name ~ flat`, `id >= 10`.
public struct JobFilter: Hashable, Sendable {
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case id
        case superId = "super_id"
        case name, status
    }

    public enum Comparison: String, Hashable, Sendable, CaseIterable {
        // The longer ones first: the first that is found is meant.
        case notEqual = "!="
        case atMost = "<="
        case atLeast = ">="
        case equal = "="
        case less = "<"
        case greater = ">"
        /// The text occurs in it.
        case contains = "~"
    }

    public let field: Field
    public let comparison: Comparison
    public let value: String

    /// `nil` where the text is no such condition.
    public init?(_ text: String) {
        let name = text.prefix { $0.isLetter || $0 == "_" }
        let rest = text.dropFirst(name.count).drop { $0 == " " }
        guard let field = Field(rawValue: String(name)),
            let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) })
        else { return nil }
        self.field = field
        self.comparison = comparison
        value = String(rest.dropFirst(comparison.rawValue.count).drop { $0 == " " })
    }

    func admits(_ row: ManagedJob) -> Bool {
        let text =
            switch field {
            case .id: row.id
            case .superId: row.superId ?? ""
            case .name: row.name
            case .status: row.status
            }
        let value = field == .status ? value.uppercased() : value
        switch comparison {
        case .equal: return text == value
        case .notEqual: return text != value
        case .contains: return text.contains(value)
        case .less: return Self.precedes(text, value)
        case .greater: return Self.precedes(value, text)
        case .atMost: return !Self.precedes(value, text)
        case .atLeast: return !Self.precedes(text, value)
        }
    }

    /// By their numbers where both are numbers.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        if let first = Int(left), let second = Int(right) { return first < second }
        return left < right
    }
}
