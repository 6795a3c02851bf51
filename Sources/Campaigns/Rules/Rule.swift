/// A condition of a rule: a feature of a task has one of these values.
public struct Condition: Hashable, Sendable {
    let feature: Feature
    /// Places among the feature's values, ascending.
    let values: [Int]

    private init(_ feature: Feature, _ values: some Sequence<Int>) {
        self.feature = feature
        self.values = Set(values).sorted()
    }

    private static func of(_ feature: Feature, _ values: [some FeatureValue]) -> Condition {
        Condition(feature, values.map(\.ordinal))
    }

    public static func task(_ states: TaskState...) -> Condition { of(.task, states) }
    /// The input that the rule is for.
    public static func input(_ states: InputState...) -> Condition { of(.input, states) }
    /// The output that the rule is for.
    public static func output(_ states: OutputState...) -> Condition { of(.output, states) }
    /// The data of the input that the rule is for.
    public static func arrival(_ values: Arrival...) -> Condition { of(.arrival, values) }
    public static func jobs(_ values: JobProgress...) -> Condition { of(.jobs, values) }
    public static func outcome(_ values: Outcome...) -> Condition { of(.outcome, values) }
    public static func scouts(_ values: ScoutProgress...) -> Condition { of(.scouts, values) }
    public static func admission(_ values: Admission...) -> Condition { of(.admission, values) }
    public static func placement(_ value: PlacementProgress) -> Condition {
        of(.placement, [value])
    }
    public static func preparation(_ values: StepProgress...) -> Condition {
        of(.preparation, values)
    }
    public static func merging(_ values: StepProgress...) -> Condition { of(.merging, values) }
    /// An input will never come.
    public static let isBroken = of(.inputs, [InputSummary.broken])
    /// No input is broken, and one is not there yet.
    public static let isWaiting = of(.inputs, [InputSummary.waiting])
    /// Of every input there is enough.
    public static let hasInputs = of(
        .inputs, [InputSummary.updating, InputSummary.ready, InputSummary.done])
    /// Of every input there is enough, and the task knows all of it.
    public static let knowsInputs = of(.inputs, [InputSummary.ready, InputSummary.done])
    /// Every output is closed; a task without one has this too.
    public static let isClosed = of(.outputs, [OutputState.done])
    /// Of the input that the rule is for there is more than the task knows of, or not.
    public static func news(_ flag: Bool) -> Condition { Condition(.news, [flag ? 1 : 0]) }
    /// The task takes new inputs and more of them may come, or not.
    public static func intake(isOpen: Bool) -> Condition { Condition(.intake, [isOpen ? 1 : 0]) }

    /// What the feature is called where rules are listed.
    public var name: String { "\(feature)" }
    /// The values' names.
    public var valueNames: [String] { values.map { feature.values[$0] } }

    /// The bits of the values.
    var bits: Situation {
        values.reduce(into: Situation()) { $0.insert($1, of: feature) }
    }
}

/// A rule of a sweep, as data: where all conditions hold, the task, one of its inputs or one of
/// its outputs goes into another state.
public struct Rule: Hashable, Sendable {
    /// What the rule changes.
    public enum Change: Hashable, Sendable {
        case task(TaskState)
        /// One input; the rule is asked for each by itself.
        case input(InputState)
        /// One output; the rule is asked for each by itself.
        case output(OutputState)

        /// The state's name.
        public var name: String {
            switch self {
            case .task(let state): state.rawValue
            case .input(let state): state.rawValue
            case .output(let state): state.rawValue
            }
        }

        /// `task`, `input` or `output`.
        public var subject: String { "\(feature)" }

        var feature: Feature {
            switch self {
            case .task: .task
            case .input: .input
            case .output: .output
            }
        }

        /// The state's place among its values.
        var value: Int {
            switch self {
            case .task(let state): state.ordinal
            case .input(let state): state.ordinal
            case .output(let state): state.ordinal
            }
        }
    }

    /// Its own among the rules of a table.
    public let name: String
    /// One sentence for people.
    public let meaning: String
    /// All have to hold; of a feature there is at most one.
    public let conditions: [Condition]
    public let change: Change

    public init(_ name: String, _ meaning: String, _ conditions: [Condition], to change: Change) {
        self.name = name
        self.meaning = meaning
        self.conditions = conditions
        self.change = change
    }

    /// Every vector that the rule takes: those of the conditions' values, and any of the other
    /// features.
    var pattern: Situation {
        conditions.reduce(Situation.any) { pattern, condition in
            let others = Situation(bits: ~condition.feature.mask.bits)
            return pattern.intersection(others.union(condition.bits))
        }
    }
}
