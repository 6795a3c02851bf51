import LinearProgramming

/// How a program of the hard rules counts items.
enum ItemCounting: Sendable {
    /// Parts of items may go to several SDCs: a linear program, which is soon solved.
    case parts
    /// Items are whole: an integer program with a limit in nodes.
    case whole

    /// Whether some rules can hold together.
    enum Verdict: Sendable {
        case feasible
        case infeasible
        /// The limit in nodes came first.
        case undecided
    }

    func verdict(
        _ rules: HardRules, active: [Bool], scope: FeasibilityProgram.Scope, solver: some Solver
    ) throws(SolverError) -> Verdict {
        switch self {
        case .parts:
            if FeasibilityProgram.canMerge(rules) {
                let merged = FeasibilityProgram(rules, active: active, scope: scope, merges: true)
                if try merged.solve(solver).isFeasible { return .feasible }
            }
            let program = FeasibilityProgram(rules, active: active, scope: scope)
            return try program.solve(solver).isFeasible ? .feasible : .infeasible
        case .whole:
            let program = WholeItemProgram(rules, active: active, scope: scope)
            switch try program.solve(solver) {
            case .feasible: return .feasible
            case .infeasible: return .infeasible
            case .undecided: return .undecided
            }
        }
    }
}
