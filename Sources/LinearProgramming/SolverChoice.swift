/// Which solver to take.
public enum SolverChoice: String, Sendable, CaseIterable {
    /// GLPK for small programs; HiGHS for large ones, where its library is present.
    case auto
    case glpk
    case highs

    /// Terms of a program from which on HiGHS is taken.
    ///
    /// Measured on weekly programs of nine SDCs joined into one, GLPK 5.0 against HiGHS 1.15.1,
    /// milliseconds: 1.2 against 2.2 at 900 terms, 14 against 12 at 3,400, 40 against 21 at 5,600,
    /// 91 against 27 at 10,900, 340 against 49 at 19,000.
    public static let largeProgram = 5000

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
