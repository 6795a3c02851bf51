import LinearProgramming
import Testing

@Suite("SolverChoice")
struct SolverChoiceTests {
    @Test("auto takes GLPK below the threshold and does not look for HiGHS")
    func small() {
        var looked = false
        func look() -> HiGHSSolver? {
            looked = true
            return nil
        }
        let solver = SolverChoice.auto.solver(terms: SolverChoice.largeProgram - 1, highs: look())
        #expect(solver is GLPKSolver)
        #expect(!looked)
    }

    @Test(
        "auto takes HiGHS from the threshold on", .enabled(if: HiGHS.solver != nil, HiGHS.reason))
    func large() {
        #expect(SolverChoice.auto.solver(terms: SolverChoice.largeProgram) is HiGHSSolver)
        #expect(SolverChoice.highs.solver(terms: 1) is HiGHSSolver)
    }

    @Test("without HiGHS auto takes GLPK for everything, and HiGHS cannot be had")
    func absent() {
        #expect(SolverChoice.auto.solver(terms: .max, highs: nil) is GLPKSolver)
        #expect(SolverChoice.highs.solver(terms: 1, highs: nil) == nil)
    }

    @Test("GLPK is taken where it is asked for, however large the program")
    func asked() {
        #expect(SolverChoice.glpk.solver(terms: .max) is GLPKSolver)
    }
}
