/// The answer to a program: why the solver stopped, and the point it found, if any.
public struct Solution: Sendable {
    public let status: SolverStatus
    /// A value for each variable; empty where there is no point.
    public let values: [Double]
    /// Cost of the point; NaN where there is none.
    public let objective: Double
    /// A proven lower bound on the cost: the objective of an optimal point, less the gap that
    /// was asked for; -infinity where nothing is proven.
    public let bound: Double
    /// By how much the cost of an optimal point of a program without integers rises for one more
    /// of each row's limit (the dual values); empty where the solver does not tell.
    public let rowPrices: [Double]

    public init(
        status: SolverStatus, values: [Double], objective: Double, bound: Double,
        rowPrices: [Double] = []
    ) {
        self.status = status
        self.values = values
        self.objective = objective
        self.bound = bound
        self.rowPrices = rowPrices
    }

    public subscript(variable: Program.Variable) -> Double { values[variable.index] }
}

/// Why a solver stopped.
public enum SolverStatus: String, Hashable, Sendable {
    case optimal
    /// No point satisfies all rows and bounds.
    case infeasible
    /// The cost has no lower bound.
    case unbounded
    /// A limit stopped it; there may be a point.
    case limit
}

/// A program that cannot be given to a solver, or a solver that failed on it.
public enum SolverError: Error, Hashable, Sendable, CustomStringConvertible {
    case notFinite(String)
    case crossedBounds(String)
    case unknownVariable(String)
    case duplicateTerm(String)
    /// The solver gave up; its own text.
    case failed(String)

    public var description: String {
        switch self {
        case .notFinite(let what): "\(what) is not a finite number"
        case .crossedBounds(let what): "the lower bound of \(what) is above the upper one"
        case .unknownVariable(let row): "row \(row) names a variable of another program"
        case .duplicateTerm(let what): "\(what) occurs twice"
        case .failed(let text): "the solver failed: \(text)"
        }
    }
}
