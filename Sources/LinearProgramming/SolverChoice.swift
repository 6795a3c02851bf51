/// Which solver to take.
public enum SolverChoice: String, Sendable, CaseIterable {
    /// GLPK for small programs; HiGHS for large ones, where its library is present.
    case auto
    case glpk
    case highs

    /// Terms of a program from which on HiGHS is taken.
    public static let largeProgram = 20_000

    /// The solver for programs of at most `terms` terms each; `nil` where HiGHS was asked for
    /// and is not present.
    ///
    /// - Parameter highs: HiGHS, where it is present; not looked for unless it is wanted.
    public func solver(
        terms: Int, highs: @autoclosure () -> HiGHSSolver? = HiGHSSolver()
    ) -> (any Solver)? {
        switch self {
        case .glpk: GLPKSolver()
        case .highs: highs()
        case .auto: terms < Self.largeProgram ? GLPKSolver() : highs() ?? GLPKSolver()
        }
    }
}
