/// One HiGHS object with its options and a program; it frees itself.
struct HiGHSModel: ~Copyable {
    private let library: HiGHSLibrary
    private let object: HiGHSLibrary.Object

    init(library: HiGHSLibrary) throws(SolverError) {
        guard let object = library.create() else { throw .failed("HiGHS gave no object") }
        self.library = library
        self.object = object
    }

    deinit { library.destroy(object) }

    /// Takes the options: silent, single-threaded and seeded so that runs can be repeated.
    func configure(_ options: SolverOptions) throws(SolverError) {
        try accept(library.setBool(object, "output_flag", 0), "output_flag = false")
        try accept(library.setInt(object, "threads", 1), "threads = 1")
        try accept(library.setInt(object, "random_seed", 0), "random_seed = 0")
        try accept(library.setText(object, "parallel", "off"), "parallel = off")
        // The least it allows: smaller coefficients are dropped.
        try set("small_matrix_value", 1e-12)
        try set("mip_rel_gap", options.integerGap)
        try set("mip_abs_gap", 0)
        if let limit = options.timeLimit { try set("time_limit", limit) }
        if let limit = options.nodeLimit {
            let nodes = Int32(clamping: limit)
            try accept(library.setInt(object, "mip_max_nodes", nodes), "mip_max_nodes = \(nodes)")
        }
    }

    /// Takes the program.
    func load(_ program: Program) throws(SolverError) {
        var starts: [Int32] = [0]
        for row in program.rows {
            starts.append(starts[starts.count - 1] + Int32(row.terms.count))
        }
        let terms = program.rows.flatMap(\.terms)
        // 2: the matrix comes by rows; 1: minimise.
        let status = library.passMip(
            object, Int32(program.variables.count), Int32(program.rows.count), Int32(terms.count),
            2, 1, 0,
            program.variables.map(\.cost), program.variables.map(\.lower),
            program.variables.map(\.upper), program.rows.map(\.lower), program.rows.map(\.upper),
            starts, terms.map { Int32($0.variable.index) }, terms.map(\.coefficient),
            program.variables.map { $0.isInteger ? 1 : 0 })
        try accept(status, "the program")
    }

    /// Solves the program and returns why HiGHS stopped.
    func run() throws(SolverError) -> HiGHSStatus {
        try accept(library.run(object), "the program")
        return HiGHSStatus(rawValue: library.modelStatus(object))
    }

    /// Whether there is a point that satisfies all rows and bounds.
    var hasPoint: Bool {
        var status: Int32 = 0
        // kHighsSolutionStatusFeasible
        return library.intInfo(object, "primal_solution_status", &status) == 0 && status == 2
    }

    /// A number that describes the last run, by its name in HiGHS's documentation.
    func info(_ name: String) throws(SolverError) -> Double {
        var value = 0.0
        try accept(library.doubleInfo(object, name, &value), "a question for \(name)")
        return value
    }

    /// The values of the program's `count` variables at the last run's point.
    func values(count: Int) throws(SolverError) -> [Double] {
        var values = [Double](repeating: 0, count: count)
        try accept(library.solution(object, &values, nil, nil, nil), "a question for the solution")
        return values
    }

    private func set(_ option: String, _ value: Double) throws(SolverError) {
        try accept(library.setDouble(object, option, value), "\(option) = \(value)")
    }

    /// Throws on kHighsStatusError; warnings are no failure.
    private func accept(_ status: Int32, _ what: String) throws(SolverError) {
        guard status >= 0 else { throw .failed("HiGHS refused \(what)") }
    }
}

/// HiGHS's model status, as numbered in `highs_c_api.h`.
struct HiGHSStatus: RawRepresentable, Hashable {
    let rawValue: Int32

    static let modelEmpty = HiGHSStatus(rawValue: 6)
    static let optimal = HiGHSStatus(rawValue: 7)
    static let infeasible = HiGHSStatus(rawValue: 8)
    static let unboundedOrInfeasible = HiGHSStatus(rawValue: 9)
    static let unbounded = HiGHSStatus(rawValue: 10)
    static let timeLimit = HiGHSStatus(rawValue: 13)
    static let iterationLimit = HiGHSStatus(rawValue: 14)
    static let solutionLimit = HiGHSStatus(rawValue: 16)
}
