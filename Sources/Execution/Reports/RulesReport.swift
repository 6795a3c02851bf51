import Markup

/// The rules by which attempts without success are judged, strictest first.
public struct RulesReport: Hashable, Sendable, Encodable {
    /// Where they are from.
    public let origin: String
    public let rules: [VerdictRule]

    public init(_ rules: [VerdictRule], from origin: String) {
        self.rules = rules
        self.origin = origin
    }

    public var text: String {
        var table = TextTable(
            "RULE", "SOURCE", "CODE", "PATTERN", "SCOPE", "STATE", "ACTION", "LIMIT")
        for rule in rules {
            table.add(
                rule.name, rule.source?.rawValue ?? "", rule.codes, rule.pattern ?? "", rule.scope,
                rule.isActive ? "active" : "passive",
                rule.action.rawValue + (rule.status.map { " \($0)" } ?? ""),
                rule.limit.map(String.init) ?? "")
        }
        return "\(origin)\n" + table.text
    }
}

/// What rules would decide.
public struct RulesAnswer: Hashable, Sendable, Encodable {
    /// The rule that decides; `nil` where none does, and the payload fails.
    @OrNull public internal(set) var rule: VerdictRule?
    /// Stricter ones that match, and are only told.
    public let passive: [String]

    /// - Parameters:
    ///   - code: the exit code or the signal.
    ///   - executable, category: of the payload's node.
    public init(
        _ rules: VerdictRules, source: VerdictRule.Source, code: Int?, message: String,
        executable: String, category: String
    ) {
        let trouble = Facts.Trouble(source, message, code: code)
        let matching = rules.rules.filter {
            $0.matches(trouble, executable: executable, category: category)
        }
        passive = matching.prefix { !$0.isActive }.map(\.name)
        _rule = OrNull(wrappedValue: matching.first(where: \.isActive))
    }

    public var text: String {
        let decided = rule.map { "\($0.name): \($0.action.rawValue)" } ?? "no rule: fail"
        return ([decided] + passive.map { "passive: \($0)" }).joined(separator: "\n")
    }
}

extension VerdictRule {
    fileprivate var codes: String {
        switch (least, largest) {
        case (let least?, let largest?):
            least == largest ? "\(least)" : "\(least)-\(largest)"
        case (let least?, nil): "\(least)-"
        case (nil, let largest?): "-\(largest)"
        case (nil, nil): ""
        }
    }

    fileprivate var scope: String {
        [executable.map { "executable \($0)" }, category.map { "category \($0)" }]
            .compactMap { $0 }.joined(separator: ", ")
    }
}
