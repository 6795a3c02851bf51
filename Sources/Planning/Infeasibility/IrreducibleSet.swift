/// Finds a set of rules that cannot hold together, of which none can be left out (Junker 2004,
/// QuickXplain: preferred explanations and relaxations for over-constrained problems, AAAI 2004).
enum IrreducibleSet {
    /// An irreducible subset of `rules`, which conflict; later rules are left out rather than
    /// earlier ones.
    ///
    /// - Parameter conflict: whether some of the rules cannot hold together.
    static func find<Rule, Failure: Error>(
        _ rules: [Rule], conflict: ([Rule]) throws(Failure) -> Bool
    ) throws(Failure) -> [Rule] {
        try narrow(rules[...], beside: [], isNew: false, conflict)
    }

    private static func narrow<Rule, Failure: Error>(
        _ rules: ArraySlice<Rule>, beside given: [Rule], isNew: Bool,
        _ conflict: ([Rule]) throws(Failure) -> Bool
    ) throws(Failure) -> [Rule] {
        if isNew, try conflict(given) { return [] }
        guard rules.count > 1 else { return Array(rules) }
        let middle = rules.startIndex + rules.count / 2
        let first = rules[..<middle]
        let second = rules[middle...]
        let needed = try narrow(second, beside: given + first, isNew: true, conflict)
        let rest = try narrow(first, beside: given + needed, isNew: !needed.isEmpty, conflict)
        return rest + needed
    }
}
