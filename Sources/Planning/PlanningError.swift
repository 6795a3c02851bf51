/// Why there is no plan.
public enum PlanningError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No distribution satisfies the hard rules; each reason in one line.
    case infeasible([String])
    /// None was found that satisfies them, and nothing rules it out; what the best one breaks,
    /// one line each.
    case unsatisfied([String])
    /// The solver of the linear programs failed.
    case solver(String)

    public var description: String {
        switch self {
        case .infeasible(let reasons):
            "no distribution satisfies the hard rules:\n" + reasons.joined(separator: "\n")
        case .unsatisfied(let breaches):
            "no distribution was found that satisfies the hard rules; the best one breaks:\n"
                + breaches.joined(separator: "\n")
        case .solver(let text): text
        }
    }
}
