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

    @Test("a row's price is what one more of its limit costs")
    func prices() throws {
        func solve(_ least: Double) throws -> Solution {
            var program = Program()
            let x = program.addVariable("x", upper: 3, cost: 1)
            let y = program.addVariable("y", upper: 9, cost: 2)
            program.addRow(
                "enough", lower: least, terms: [Program.Term(1, x), Program.Term(1, y)])
            program.addRow("free", upper: 100, terms: [Program.Term(1, x)])
            return try GLPKSolver().solve(program)
        }
        #expect(try solve(2).rowPrices == [1, 0])
        #expect(try solve(4).rowPrices == [2, 0])
        #expect(try solve(5).objective - solve(4).objective == 2)
    }
}
