import Foundation

/// HiGHS (MIT licence; Huangfu & Hall 2018, Math. Prog. Comp. 10, 119), from a shared library that
/// is loaded at run time where there is one.
///
/// PyPI's package highspy carries the library.  It runs on the calling thread only.
public struct HiGHSSolver: Solver {
    private let library: HiGHSLibrary

    /// HiGHS from the first of these places that has it; `nil` where none has:
    ///
    /// 1. `library`, a path, and then nothing else;
    /// 2. the environment's SGS_HIGHS_LIBRARY, a path, and then nothing else;
    /// 3. `libhighs.so.1` or `libhighs.so` of the dynamic loader;
    /// 4. the highspy package in the folders of VIRTUAL_ENV, of the `python3` on the PATH, of
    ///    `~/.local`, of PYENV_ROOT, of `/usr/local` and of `/usr`.  Python is not run.
    public init?(library: String? = nil) {
        let search = HiGHSSearch(environment: ProcessInfo.processInfo.environment)
        let places = library.map { [$0] } ?? search.places
        guard let found = places.lazy.compactMap({ HiGHSLibrary(path: $0) }).first else {
            return nil
        }
        self.library = found
    }

    public var name: String { "HiGHS \(library.version)" }

    public func solve(
        _ program: Program, options: SolverOptions = SolverOptions()
    ) throws(SolverError) -> Solution {
        try program.validate()
        let model = try HiGHSModel(library: library)
        try model.configure(options)
        try model.load(program)
        let status = try model.run()
        switch status {
        case .optimal: return try point(of: model, .optimal, program)
        case .modelEmpty:
            // Without a variable HiGHS does not look at the rows, whose sums are 0.
            return program.rows.allSatisfy { $0.lower <= 0 && 0 <= $0.upper }
                ? try point(of: model, .optimal, program) : nothing(.infeasible)
        case .infeasible: return nothing(.infeasible)
        case .unbounded: return nothing(.unbounded)
        case .unboundedOrInfeasible:
            let anyPoint = try solve(program.withoutCosts, options: options).status
            return nothing(anyPoint == .optimal ? .unbounded : anyPoint)
        case .timeLimit, .iterationLimit, .solutionLimit:
            return model.hasPoint ? try point(of: model, .limit, program) : nothing(.limit)
        default: throw .failed("HiGHS stopped with model status \(status.rawValue)")
        }
    }

    private func point(
        of model: borrowing HiGHSModel, _ status: SolverStatus, _ program: Program
    ) throws(SolverError) -> Solution {
        let objective = try model.info("objective_function_value")
        let bound: Double
        if program.variables.contains(where: \.isInteger) {
            bound = try min(model.info("mip_dual_bound"), objective)
        } else {
            // A simplex that was stopped has proven nothing.
            bound = status == .optimal ? objective : -.infinity
        }
        return Solution(
            status: status, values: try model.values(count: program.variables.count),
            objective: objective, bound: bound)
    }

    private func nothing(_ status: SolverStatus) -> Solution {
        Solution(status: status, values: [], objective: .nan, bound: -.infinity)
    }
}

extension Program {
    /// The same rows and bounds at no cost: it has an optimum exactly where there is a point.
    fileprivate var withoutCosts: Program {
        var result = Program()
        for column in variables {
            _ = result.addVariable(
                column.name, lower: column.lower, upper: column.upper, isInteger: column.isInteger)
        }
        for row in rows {
            result.addRow(row.name, lower: row.lower, upper: row.upper, terms: row.terms)
        }
        return result
    }
}
