/// Solves linear and mixed-integer programs.
///
/// Equal programs and options give equal solutions.
public protocol Solver: Sendable {
    /// Name and version, for the record of a run: `GLPK 5.0`.
    var name: String { get }

    /// The optimum of `program`, or why there is none.
    ///
    /// - Throws: `SolverError` where the program is malformed or the solver fails; an infeasible
    ///   program or a limit is a result, not an error.
    func solve(_ program: Program, options: SolverOptions) throws(SolverError) -> Solution
}

/// Tolerances and limits of one solve.
public struct SolverOptions: Hashable, Sendable {
    /// Seconds; `nil` for no limit.  A run that it cuts short cannot be repeated exactly.
    public var timeLimit: Double?
    /// Relative gap at which an integer program counts as solved.
    public var integerGap: Double

    public init(timeLimit: Double? = nil, integerGap: Double = 0) {
        self.timeLimit = timeLimit
        self.integerGap = integerGap
    }
}
