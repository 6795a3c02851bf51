/// What can be wrong with a table of rules.
public enum RuleFault: Error, Hashable, Sendable, CustomStringConvertible {
    case twice(rule: String)
    /// A rule without a condition on what it changes, or with two conditions on one feature.
    case malformed(rule: String, String)
    /// No vector fits the rule's conditions.
    case neverFires(rule: String)
    /// A change that a data set cannot make.
    case illegal(rule: String, from: String, to: String)
    /// Two rules fit the vector and change the same into different states.
    case contradiction(rule: String, other: String, vector: String)
    /// Rules that fire one after the other and end where they began.
    case cycle(rules: [String], vector: String)

    public var description: String {
        switch self {
        case .twice(let rule): "rule \(rule) is there twice"
        case .malformed(let rule, let what): "rule \(rule) has \(what)"
        case .neverFires(let rule): "rule \(rule) fits no vector that it changes"
        case .illegal(let rule, let from, let to):
            "rule \(rule) changes \(from) into \(to), which is not legal"
        case .contradiction(let rule, let other, let vector):
            "rules \(rule) and \(other) contradict each other for \(vector)"
        case .cycle(let rules, let vector):
            "rules undo each other: \(rules.joined(separator: ", ")) lead back to \(vector)"
        }
    }
}

extension RuleTable {
    /// Everything that is wrong with the table; nothing where it can be used.
    public func check() -> [RuleFault] {
        var faults: [RuleFault] = []
        var names: Set<String> = []
        for rule in rules where !names.insert(rule.name).inserted {
            faults.append(.twice(rule: rule.name))
        }
        for rule in rules { faults += rule.faults }
        guard faults.isEmpty else { return faults }
        faults += contradictions
        guard faults.isEmpty else { return faults }
        return cycles
    }

    /// Two rules that change the same contradict each other where one vector fits both: features
    /// are independent, so that each has to have a value in common.
    private var contradictions: [RuleFault] {
        var faults: [RuleFault] = []
        for (place, rule) in rules.enumerated() {
            for other in rules[(place + 1)...]
            where rule.change.feature == other.change.feature && rule.change != other.change {
                let common = rule.pattern.intersection(other.pattern)
                guard common.isPossible else { continue }
                faults.append(
                    .contradiction(
                        rule: rule.name, other: other.name,
                        vector: common.description(where: [rule, other])))
            }
        }
        return faults
    }
}

extension Rule {
    fileprivate var faults: [RuleFault] {
        var seen: Set<Feature> = []
        for condition in conditions {
            if condition.values.isEmpty {
                return [.malformed(rule: name, "no value for \(condition.name)")]
            }
            if !seen.insert(condition.feature).inserted {
                return [.malformed(rule: name, "two conditions on \(condition.name)")]
            }
        }
        guard seen.contains(change.feature) else {
            return [.malformed(rule: name, "no condition on the \(change.subject) that it changes")]
        }
        let others: [Feature] =
            switch change {
            case .task: [.input, .output, .arrival, .news]
            case .input: [.output, .inputs, .outputs]
            case .output: [.input, .inputs, .outputs, .arrival, .news]
            }
        if let other = others.first(where: seen.contains) {
            return [
                .malformed(
                    rule: name, "a condition on \(other), which is not one \(change.subject)'s")
            ]
        }
        let from = pattern.values(of: change.feature).filter { $0 != change.value }
        if from.isEmpty { return [.neverFires(rule: name)] }
        return from.compactMap { value in
            let isLegal =
                switch change {
                case .task: true
                case .input(let to): InputState.allCases[value].next.contains(to)
                case .output(let to): OutputState.allCases[value].next.contains(to)
                }
            return isLegal
                ? nil
                : .illegal(
                    rule: name, from: "\(change.subject) \(change.feature.values[value])",
                    to: change.name)
        }
    }
}

extension Situation {
    /// The first value of every feature that one of the rules looks at.
    func description(where rules: [Rule]) -> String {
        let features = Set(rules.flatMap { $0.conditions.map(\.feature) })
        return Feature.allCases.filter(features.contains).compactMap { feature in
            values(of: feature).first.map { "\(feature) \(feature.values[$0])" }
        }.joined(separator: ", ")
    }
}
