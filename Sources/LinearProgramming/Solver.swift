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
    /// Nodes of the tree of an integer program; `nil` for no limit.  A run that it cuts short is
    /// the same each time.
    public var nodeLimit: Int?
    /// Whether GLPK may add Gomory's and mixed-integer rounding cuts, which are only as exact as
    /// its arithmetic: without them it calls no program infeasible for an error of rounding.
    public var usesCuts: Bool

    public init(
        timeLimit: Double? = nil, integerGap: Double = 0, nodeLimit: Int? = nil,
        usesCuts: Bool = true
    ) {
        self.timeLimit = timeLimit
        self.integerGap = integerGap
        self.nodeLimit = nodeLimit
        self.usesCuts = usesCuts
    }
}
