public import LinearProgramming

/// Why there is no plan.
public enum PlanningError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No distribution satisfies the hard rules, as counting alone shows; each reason, at least
    /// one.
    case obstructed([Obstacle])
    /// No distribution satisfies the hard rules, as a linear program proves: those that cannot
    /// hold together.
    case conflict(Conflict)
    /// No distribution satisfies them because items are whole, as an integer program proves; what
    /// the best one that was found breaks, one line each.
    case indivisible([String])
    /// None was found that satisfies them, and the integer program had no answer within its limit
    /// in nodes; what the best one that was found breaks, one line each.
    case undecided([String])
    /// The solver of the linear programs failed.
    case solver(SolverError)

    /// What happened; of obstacles and conflicts, which need a case's names, without them.
    public var description: String {
        switch self {
        case .obstructed, .conflict: "no distribution satisfies the hard rules"
        case .indivisible(let breaches):
            "no distribution satisfies the hard rules: an integer program proves that whole items"
                + " do not fit; the best one found breaks:\n" + breaches.joined(separator: "\n")
        case .undecided(let breaches):
            "no distribution was found that satisfies the hard rules, and it is not proven that"
                + " there is none: the integer program reached its limit in nodes; the best one"
                + " found breaks:\n" + breaches.joined(separator: "\n")
        case .solver(let error): error.description
        }
    }
}
