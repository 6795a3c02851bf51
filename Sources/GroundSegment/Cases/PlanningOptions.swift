/// How hard the planner tries, counted in steps so that a run can be repeated.
public enum Effort: String, Hashable, Sendable, CaseIterable {
    case quick, normal, thorough
}

/// What a planning request asks of the planner besides the problem itself.
public struct PlanningOptions: Hashable, Sendable {
    public var effort: Effort
    /// Seed of the search.
    public var seed: UInt64
    /// Exact number of steps instead of what `effort` stands for; `nil` where it does.
    public var steps: Int?
    /// Seconds after which the search stops with the best plan found; `nil` for no limit.
    public var timeLimit: Double?
    /// Stop when this relative gap to the bound is reached; `nil` for no such stop.
    public var gapLimit: Double?

    public init(
        effort: Effort = .normal, seed: UInt64 = 1, steps: Int? = nil, timeLimit: Double? = nil,
        gapLimit: Double? = nil
    ) {
        self.effort = effort
        self.seed = seed
        self.steps = steps
        self.timeLimit = timeLimit
        self.gapLimit = gapLimit
    }
}
