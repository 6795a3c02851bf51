import LinearProgramming
import Testing

@Suite("GLPKSolver")
struct GLPKSolverTests {
    @Test("it says its name and version")
    func name() {
        #expect(GLPKSolver().name == "GLPK 5.0")
    }

    @Test("an error inside GLPK is thrown with its text, and the next program is solved")
    func failure() throws {
        var program = Program()
        let x = program.addVariable("x", lower: 1, upper: 5, cost: 1, isInteger: true)
        let error = #expect(throws: SolverError.self) {
            try GLPKSolver().solve(program, options: SolverOptions(integerGap: -1))
        }
        #expect(error?.description.contains("mip_gap = -1") == true)
        #expect(try GLPKSolver().solve(program)[x] == 1)
    }
}
