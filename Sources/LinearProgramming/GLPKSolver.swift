internal import CGLPK

/// GLPK's simplex and branch-and-cut (GNU Linear Programming Kit 5.0, reference manual
/// chapters 2 and 5).
public struct GLPKSolver: Solver {
    public init() {}

    public var name: String { "GLPK \(String(cString: glp_version()))" }

    public func solve(
        _ program: Program, options: SolverOptions = SolverOptions()
    ) throws(SolverError) -> Solution {
        try program.validate()
        let run = GLPKRun(program: program, options: options)
        try run.perform()
        return run.solution
    }
}

/// One solve: creates, loads, solves, reads and frees a problem object on one thread, since
/// GLPK's environment is thread-local.
private final class GLPKRun {
    private let program: Program
    private let options: SolverOptions
    private(set) var solution = Solution(
        status: .limit, values: [], objective: .nan, bound: -.infinity)
    private var failure: String?

    init(program: Program, options: SolverOptions) {
        self.program = program
        self.options = options
    }

    func perform() throws(SolverError) {
        var message = [CChar](repeating: 0, count: 512)
        let context = Unmanaged.passUnretained(self).toOpaque()
        let failed = cglpk_guard(
            { context in
                guard let context else { return }
                Unmanaged<GLPKRun>.fromOpaque(context).takeUnretainedValue().run()
            }, context, &message, Int32(message.count))
        if failed != 0 {
            let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .failed(String(decoding: text, as: UTF8.self))
        }
        if let failure { throw .failed(failure) }
    }

    private func run() {
        let problem = glp_create_prob()
        defer { glp_delete_prob(problem) }
        load(problem)
        if program.variables.contains(where: \.isInteger) {
            branch(problem)
        } else {
            relax(problem)
        }
    }

    private func load(_ problem: OpaquePointer?) {
        glp_set_obj_dir(problem, GLP_MIN)
        if !program.variables.isEmpty { glp_add_cols(problem, Int32(program.variables.count)) }
        for (index, column) in program.variables.enumerated() {
            let number = Int32(index + 1)
            let (lower, upper) = bounds(column)
            glp_set_col_bnds(problem, number, boundKind(lower, upper), lower, upper)
            glp_set_obj_coef(problem, number, column.cost)
            if column.isInteger { glp_set_col_kind(problem, number, GLP_IV) }
        }
        if !program.rows.isEmpty { glp_add_rows(problem, Int32(program.rows.count)) }
        for (index, row) in program.rows.enumerated() {
            let number = Int32(index + 1)
            glp_set_row_bnds(problem, number, boundKind(row.lower, row.upper), row.lower, row.upper)
            // GLPK counts from 1 and leaves element 0 unused.
            let places = [0] + row.terms.map { Int32($0.variable.index + 1) }
            let values = [0] + row.terms.map(\.coefficient)
            glp_set_mat_row(problem, number, Int32(row.terms.count), places, values)
        }
    }

    /// The bounds of a variable; an integer one's are brought to integers, since GLPK takes no
    /// others.
    private func bounds(_ column: Program.Column) -> (lower: Double, upper: Double) {
        guard column.isInteger else { return (column.lower, column.upper) }
        return ((column.lower - 1e-9).rounded(.up), (column.upper + 1e-9).rounded(.down))
    }

    private func boundKind(_ lower: Double, _ upper: Double) -> Int32 {
        switch (lower.isFinite, upper.isFinite) {
        case (true, true): lower == upper ? GLP_FX : GLP_DB
        case (true, false): GLP_LO
        case (false, true): GLP_UP
        case (false, false): GLP_FR
        }
    }

    private func relax(_ problem: OpaquePointer?) {
        var parameters = glp_smcp()
        glp_init_smcp(&parameters)
        parameters.msg_lev = GLP_MSG_OFF
        parameters.meth = GLP_DUALP
        parameters.presolve = GLP_ON
        if let limit = options.timeLimit { parameters.tm_lim = milliseconds(limit) }
        let code = glp_simplex(problem, &parameters)
        if let stop = earlyStop(code) {
            solution = Solution(status: stop, values: [], objective: .nan, bound: -.infinity)
            return
        }
        guard failure == nil else { return }
        guard glp_get_status(problem) == GLP_OPT else {
            let status: SolverStatus =
                glp_get_status(problem) == GLP_UNBND ? .unbounded : .infeasible
            solution = Solution(status: status, values: [], objective: .nan, bound: -.infinity)
            return
        }
        let objective = glp_get_obj_val(problem)
        solution = Solution(
            status: .optimal,
            values: program.variables.indices.map { glp_get_col_prim(problem, Int32($0 + 1)) },
            objective: objective, bound: objective,
            rowPrices: program.rows.indices.map { glp_get_row_dual(problem, Int32($0 + 1)) })
    }

    private func branch(_ problem: OpaquePointer?) {
        var parameters = glp_iocp()
        glp_init_iocp(&parameters)
        parameters.msg_lev = GLP_MSG_OFF
        parameters.presolve = GLP_ON
        parameters.mip_gap = options.integerGap
        parameters.gmi_cuts = options.usesCuts ? GLP_ON : GLP_OFF
        parameters.mir_cuts = options.usesCuts ? GLP_ON : GLP_OFF
        if let limit = options.timeLimit { parameters.tm_lim = milliseconds(limit) }
        let code = intopt(problem, &parameters)
        let limited = code == GLP_ETMLIM || code == GLP_ESTOP
        if !limited, code != GLP_EMIPGAP, let stop = earlyStop(code) {
            solution = Solution(status: stop, values: [], objective: .nan, bound: -.infinity)
            return
        }
        guard failure == nil else { return }
        let status = glp_mip_status(problem)
        guard status == GLP_OPT || status == GLP_FEAS else {
            solution = Solution(
                status: limited ? .limit : .infeasible, values: [], objective: .nan,
                bound: -.infinity)
            return
        }
        let objective = glp_mip_obj_val(problem)
        solution = Solution(
            status: limited ? .limit : .optimal,
            values: program.variables.indices.map { glp_mip_col_val(problem, Int32($0 + 1)) },
            objective: objective,
            bound: limited ? -.infinity : objective - abs(objective) * options.integerGap)
    }

    /// Branch-and-bound that ends where the tree has had as many nodes as are allowed (reference
    /// manual section 5.2, glp_ios_tree_size).
    private func intopt(_ problem: OpaquePointer?, _ parameters: inout glp_iocp) -> Int32 {
        guard let limit = options.nodeLimit else { return glp_intopt(problem, &parameters) }
        var most = Int32(clamping: limit)
        return withUnsafeMutablePointer(to: &most) { most in
            parameters.cb_info = UnsafeMutableRawPointer(most)
            parameters.cb_func = { tree, most in
                guard let most else { return }
                var total: Int32 = 0
                glp_ios_tree_size(tree, nil, nil, &total)
                if total > most.load(as: Int32.self) { glp_ios_terminate(tree) }
            }
            return glp_intopt(problem, &parameters)
        }
    }

    /// What a return code other than 0 means for the result.
    private func earlyStop(_ code: Int32) -> SolverStatus? {
        switch code {
        case 0: return nil
        // Bounds that cross: those of an integer variable with no integer within.
        case GLP_ENOPFS, GLP_EBOUND: return .infeasible
        case GLP_ENODFS: return .unbounded
        case GLP_ETMLIM, GLP_EITLIM, GLP_ESTOP: return .limit
        default:
            failure = "GLPK returned \(code)"
            return nil
        }
    }

    private func milliseconds(_ seconds: Double) -> Int32 {
        Int32(min(2e9, max(1, seconds * 1000)))
    }
}
