public import GroundSegment

/// The outcome of planning: a distribution, what it is worth, and how it was found.
public struct Plan: Sendable {
    public let distribution: Distribution
    public let balance: Balance
    public let weights: Weights
    public let measures: Measures
    /// No distribution within the tolerances costs less; `nil` where none can be within them.
    public let bound: Terabytes?
    public let search: SearchRecord
    /// The pins and prohibitions that hold in it.
    public let rules: PlacementRules
    /// Digest of the plan from which it was planned again; `nil` where there was none.
    public let base: String?
    /// Whether what is reserved at its SDCs is what other surveys had published.
    public let reservesPublished: Bool

    public init(
        distribution: Distribution, balance: Balance, weights: Weights, measures: Measures,
        bound: Terabytes?, search: SearchRecord, rules: PlacementRules = PlacementRules(),
        base: String? = nil, reservesPublished: Bool = false
    ) {
        self.distribution = distribution
        self.balance = balance
        self.weights = weights
        self.measures = measures
        self.bound = bound
        self.search = search
        self.rules = rules
        self.base = base
        self.reservesPublished = reservesPublished
    }

    /// The cost beyond the bound, relative to the bound, 0 where only rounding is between them;
    /// `nil` without a bound above 0.
    public var gap: Double? {
        guard let bound, bound.value > 0 else { return nil }
        let gap = measures.cost / bound - 1
        return abs(gap) < 1e-9 ? 0 : gap
    }
}

/// How the search went.
public struct SearchRecord: Sendable, Hashable, Codable {
    public let effort: String
    public let seed: UInt64
    /// Steps asked for, and steps done: fewer where a limit or an interrupt came first.
    public let stepsAsked: Int
    public let steps: Int
    public let stop: SearchStop
    /// Name and version of the linear programs' solver.
    public let solver: String

    public init(
        effort: String, seed: UInt64, stepsAsked: Int, steps: Int, stop: SearchStop, solver: String
    ) {
        self.effort = effort
        self.seed = seed
        self.stepsAsked = stepsAsked
        self.steps = steps
        self.stop = stop
        self.solver = solver
    }
}

/// Why the search ended.
public enum SearchStop: String, Sendable, Hashable, Codable, CaseIterable {
    /// All steps were done.
    case steps
    /// The asked gap was reached.
    case gap
    /// The time limit came first.
    case time
    /// The user stopped it.
    case interrupted
}
