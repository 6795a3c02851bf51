import Foundation
import LinearProgramming
import Testing

/// HiGHS where it is present; the tests that need it are skipped elsewhere.
enum HiGHS {
    static let solver = HiGHSSolver()
    static let reason: Comment = """
        HiGHS is not present: python3 -m pip install highspy, or let SGS_HIGHS_LIBRARY name \
        libhighs.so.1
        """
}

@Suite("HiGHSSolver")
struct HiGHSSolverTests {
    @Test(
        "the conformance suite runs on HiGHS too", .enabled(if: HiGHS.solver != nil, HiGHS.reason))
    func conformance() {
        #expect(SolverConformanceTests.solvers.count == 2)
        #expect(SolverConformanceTests.solvers.last is HiGHSSolver)
    }

    @Test("it says its name and version", .enabled(if: HiGHS.solver != nil, HiGHS.reason))
    func name() throws {
        #expect(try #require(HiGHS.solver).name.wholeMatch(of: /HiGHS 1\.\d+\.\d+/) != nil)
    }

    @Test(
        "what HiGHS refuses is thrown with the reason, and the next program is solved",
        .enabled(if: HiGHS.solver != nil, HiGHS.reason))
    func failure() throws {
        let solver = try #require(HiGHS.solver)
        var program = Program()
        let x = program.addVariable("x", lower: 1, upper: 5, cost: 1, isInteger: true)
        let error = #expect(throws: SolverError.self) {
            try solver.solve(program, options: SolverOptions(integerGap: -1))
        }
        #expect(error?.description == "the solver failed: HiGHS refused mip_rel_gap = -1.0")
        #expect(try solver.solve(program)[x] == 1)
    }

    @Test(
        "without its library there is no solver",
        arguments: ["/nowhere/libhighs.so.1", "libm.so.6"])
    func absent(library: String) {
        #expect(HiGHSSolver(library: library) == nil)
    }

    @Test(
        "both solvers find the same optimum of larger programs",
        .enabled(if: HiGHS.solver != nil, HiGHS.reason))
    func agreement() throws {
        let solver = try #require(HiGHS.solver)
        var generator = TestGenerator(seed: 23)
        for size in [10, 40, 80] {
            let program = SmallProgram.transport(size: size, using: &generator)
            let first = try GLPKSolver().solve(program)
            let second = try solver.solve(program)
            #expect(first.status == .optimal && second.status == .optimal)
            #expect(abs(first.objective - second.objective) < 1e-9 * abs(first.objective))
        }
    }
}
