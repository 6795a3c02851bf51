/// The rules of a sweep, ready to be asked.
public struct RuleTable: Sendable {
    public let rules: [Rule]
    /// For each state of a task, an input and an output: the rules that can change it, by their
    /// places.
    private let tasks: [[Entry]]
    private let inputs: [[Entry]]
    private let outputs: [[Entry]]

    struct Entry: Sendable {
        let pattern: Situation
        let rule: Int
    }

    public init(rules: [Rule]) {
        self.rules = rules
        let entries = rules.enumerated().map { Entry(pattern: $1.pattern, rule: $0) }
        func index(_ feature: Feature) -> [[Entry]] {
            feature.values.indices.map { value in
                var own = Situation()
                own.insert(value, of: feature)
                return entries.filter { entry in
                    let change = rules[entry.rule].change
                    return change.feature == feature && change.value != value
                        && entry.pattern.intersection(own) == own
                }
            }
        }
        tasks = index(.task)
        inputs = index(.input)
        outputs = index(.output)
    }

    /// The rule that changes a task, an input or an output in a situation; `nil` where none does.
    func rule(for feature: Feature, in state: Int, _ situation: Situation) -> Int? {
        let entries =
            switch feature {
            case .input: inputs[state]
            case .output: outputs[state]
            default: tasks[state]
            }
        return entries.first { situation.fits($0.pattern) }?.rule
    }

    /// A change of a task's state that can happen.
    public struct Step: Hashable, Sendable {
        public let from: TaskState
        public let to: TaskState

        public init(from: TaskState, to: TaskState) {
            self.from = from
            self.to = to
        }
    }

    /// Every change of a task's state that a rule makes or a command: what a catalogue may let
    /// happen, and nothing else.
    public var steps: Set<Step> {
        var steps: Set<Step> = []
        for rule in rules {
            guard case .task(let to) = rule.change else { continue }
            for value in rule.pattern.values(of: .task) where value != to.ordinal {
                steps.insert(Step(from: TaskState.allCases[value], to: to))
            }
        }
        for command in TaskCommand.allCases {
            guard let to = command.states.transient else { continue }
            for from in command.legalStates { steps.insert(Step(from: from, to: to)) }
        }
        for state in TaskCommand.pause.legalStates { steps.insert(Step(from: .paused, to: state)) }
        return steps
    }
}
