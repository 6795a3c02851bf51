public import LinearProgramming
public import Testing

extension GLPKSolver: CustomTestStringConvertible {
    public var testDescription: String { name }
}

extension HiGHSSolver: CustomTestStringConvertible {
    public var testDescription: String { name }
}

/// What every solver has to do; HiGHS is tried where it is present (see `HiGHSSolverTests`).
@Suite("Solver conformance")
struct SolverConformanceTests {
    static let solvers: [any Solver] = [GLPKSolver()] + [HiGHS.solver].compactMap(\.self)

    private func solve(
        _ solver: any Solver, _ program: Program, options: SolverOptions = SolverOptions()
    ) throws -> Solution {
        try solver.solve(program, options: options)
    }

    @Test("a linear program is solved to its optimum", arguments: solvers)
    func optimal(solver: any Solver) throws {
        // Dantzig's example of the Wyndor Glass Co.: 2 and 6, 36.
        var program = Program()
        let x = program.addVariable("doors", upper: 4, cost: -3)
        let y = program.addVariable("windows", cost: -5)
        program.addRow("plant 2", upper: 12, terms: [.init(2, y)])
        program.addRow("plant 3", upper: 18, terms: [.init(3, x), .init(2, y)])
        let solution = try solve(solver, program)
        #expect(solution.status == .optimal)
        #expect(abs(solution[x] - 2) < 1e-9 && abs(solution[y] - 6) < 1e-9)
        #expect(abs(solution.objective + 36) < 1e-9)
        #expect(solution.bound == solution.objective)
    }

    @Test(
        "free, negative and fixed variables and all kinds of rows are honoured", arguments: solvers)
    func bounds(solver: any Solver) throws {
        var program = Program()
        let free = program.addVariable("free", lower: -.infinity, cost: 1)
        let negative = program.addVariable("negative", lower: -5, upper: -2, cost: -1)
        let fixed = program.addVariable("fixed", lower: 3, upper: 3, cost: 10)
        program.addRow("at least", lower: -4, terms: [.init(1, free), .init(1, fixed)])
        program.addRow("range", lower: -3, upper: 100, terms: [.init(1, negative)])
        program.addRow("equal", equals: 6, terms: [.init(2, fixed)])
        let solution = try solve(solver, program)
        #expect(solution.status == .optimal)
        #expect(abs(solution[free] + 7) < 1e-9)
        #expect(abs(solution[negative] + 2) < 1e-9)
        #expect(abs(solution.objective - 25) < 1e-9)
    }

    @Test("rows that exclude each other are infeasible, which is no error", arguments: solvers)
    func infeasible(solver: any Solver) throws {
        for isInteger in [false, true] {
            var program = Program()
            let x = program.addVariable("x", upper: 10, cost: 1, isInteger: isInteger)
            let y = program.addVariable("y", upper: 10, cost: 1, isInteger: isInteger)
            program.addRow("low", upper: 3, terms: [.init(1, x), .init(1, y)])
            program.addRow("high", lower: 4, terms: [.init(1, x), .init(1, y)])
            let solution = try solve(solver, program)
            #expect(solution.status == .infeasible)
            #expect(solution.values.isEmpty)
            #expect(solution.objective.isNaN)
        }
    }

    @Test("a program without an integer point is infeasible", arguments: solvers)
    func noIntegerPoint(solver: any Solver) throws {
        var program = Program()
        let x = program.addVariable("x", upper: 10, isInteger: true)
        let y = program.addVariable("y", upper: 10, isInteger: true)
        program.addRow("odd", equals: 7, terms: [.init(2, x), .init(4, y)])
        #expect(try solve(solver, program).status == .infeasible)
    }

    @Test("a cost without a lower bound is unbounded", arguments: solvers)
    func unbounded(solver: any Solver) throws {
        for isInteger in [false, true] {
            var program = Program()
            let x = program.addVariable("x", cost: -1, isInteger: isInteger)
            let y = program.addVariable("y", cost: 0, isInteger: isInteger)
            program.addRow("difference", upper: 3, terms: [.init(1, x), .init(-1, y)])
            let solution = try solve(solver, program)
            #expect(solution.status == .unbounded)
            #expect(solution.bound == -.infinity)
        }
    }

    @Test(
        "a program without any point is infeasible, even where its cost falls for ever",
        arguments: solvers)
    func infeasibleAndUnbounded(solver: any Solver) throws {
        for isInteger in [false, true] {
            var program = Program()
            _ = program.addVariable("x", cost: -1, isInteger: isInteger)
            let y = program.addVariable("y", upper: 1, isInteger: isInteger)
            let z = program.addVariable("z", upper: 1, isInteger: isInteger)
            program.addRow("high", lower: 3, terms: [.init(1, y), .init(1, z)])
            #expect(try solve(solver, program).status == .infeasible)
        }
    }

    @Test("a program without rows, and one without anything, is solved", arguments: solvers)
    func empty(solver: any Solver) throws {
        var program = Program()
        let nothing = try solve(solver, program)
        #expect(nothing.status == .optimal)
        #expect(nothing.objective == 0 && nothing.values.isEmpty)
        let x = program.addVariable("x", lower: 2, upper: 5, cost: 3)
        let y = program.addVariable("y", lower: 2, upper: 5, cost: -3)
        let solution = try solve(solver, program)
        #expect(solution.status == .optimal)
        #expect(solution[x] == 2 && solution[y] == 5)
    }

    @Test("a row without terms is a condition on 0", arguments: solvers)
    func rowWithoutTerms(solver: any Solver) throws {
        for count in [0, 1] {
            for (lower, status) in [(-1.0, SolverStatus.optimal), (1, .infeasible)] {
                var program = Program()
                for _ in 0..<count { _ = program.addVariable("x", upper: 1, cost: 1) }
                program.addRow("nothing", lower: lower, terms: [])
                #expect(try solve(solver, program).status == status, "\(count) \(lower)")
            }
        }
    }

    @Test("a coefficient of 0 and a very small one are no fault", arguments: solvers)
    func smallCoefficients(solver: any Solver) throws {
        var program = Program()
        let x = program.addVariable("x", upper: 4, cost: -1)
        let y = program.addVariable("y", upper: 1, cost: 1)
        program.addRow("r", upper: 3, terms: [.init(1, x), .init(0, y)])
        program.addRow("s", upper: 3, terms: [.init(1, x), .init(1e-15, y)])
        let solution = try solve(solver, program)
        #expect(solution.status == .optimal)
        #expect(abs(solution.objective + 3) < 1e-9)
    }

    @Test(
        "fractional bounds of an integer variable are those of the integers within",
        arguments: solvers)
    func fractionalBounds(solver: any Solver) throws {
        var program = Program()
        let low = program.addVariable("low", lower: 0.5, upper: 2.5, cost: 1, isInteger: true)
        let high = program.addVariable("high", lower: -0.5, upper: 2.5, cost: -1, isInteger: true)
        let solution = try solve(solver, program)
        try #require(solution.status == .optimal)
        #expect(solution[low] == 1 && solution[high] == 2)
        var none = Program()
        _ = none.addVariable("none", lower: 0.2, upper: 0.8, isInteger: true)
        #expect(try solve(solver, none).status == .infeasible)
    }

    @Test("an integer program within the asked gap counts as solved", arguments: solvers)
    func gap(solver: any Solver) throws {
        var generator = TestGenerator(seed: 5)
        let program = SmallProgram.knapsack(items: 40, using: &generator)
        let exact = try solve(solver, program)
        let rough = try solve(solver, program, options: SolverOptions(integerGap: 0.2))
        #expect(exact.status == .optimal)
        #expect(rough.status == .optimal)
        #expect(rough.bound <= exact.objective + 1e-9)
        #expect(exact.objective <= rough.objective + 1e-9)
        #expect(rough.objective <= 0.8 * exact.objective)
    }

    @Test("a limit stops a program that takes for ever, and is no error", arguments: solvers)
    func limit(solver: any Solver) throws {
        var generator = TestGenerator(seed: 1)
        let program = SmallProgram.marketSplit(rows: 5, using: &generator)
        let solution = try solve(solver, program, options: SolverOptions(timeLimit: 0.2))
        #expect(solution.status == .limit)
        if !solution.values.isEmpty { #expect(solution.bound <= solution.objective) }
    }

    @Test("a limit in nodes stops such a program, each time at the same point", arguments: solvers)
    func nodeLimit(solver: any Solver) throws {
        var generator = TestGenerator(seed: 1)
        let program = SmallProgram.marketSplit(rows: 5, using: &generator)
        for usesCuts in [false, true] {
            let options = SolverOptions(nodeLimit: 300, usesCuts: usesCuts)
            let solution = try solve(solver, program, options: options)
            #expect(solution.status == .limit)
            #expect(try solve(solver, program, options: options).values == solution.values)
        }
    }

    @Test("a limit in nodes that is not reached changes nothing", arguments: solvers)
    func nodesEnough(solver: any Solver) throws {
        var generator = TestGenerator(seed: 42)
        for _ in 0..<100 {
            let small = SmallProgram(using: &generator)
            let options = SolverOptions(nodeLimit: 1000, usesCuts: false)
            let solution = try solve(solver, small.program, options: options)
            #expect(solution.status == (small.optimum == nil ? .infeasible : .optimal))
            if let optimum = small.optimum { #expect(abs(solution.objective - optimum) < 1e-6) }
        }
    }

    @Test("random integer programs have the optimum that enumeration finds", arguments: solvers)
    func enumeration(solver: any Solver) throws {
        var generator = TestGenerator(seed: 42)
        var infeasible = 0
        for _ in 0..<300 {
            let small = SmallProgram(using: &generator)
            let solution = try solve(solver, small.program)
            guard let optimum = small.optimum else {
                #expect(solution.status == .infeasible)
                infeasible += 1
                continue
            }
            #expect(solution.status == .optimal)
            #expect(abs(solution.objective - optimum) < 1e-6)
            #expect(small.isFeasible(solution.values.map { $0.rounded() }))
            #expect(solution.values.allSatisfy { abs($0 - $0.rounded()) < 1e-6 })
            #expect(solution.bound <= optimum + 1e-6)
        }
        #expect((20...280).contains(infeasible))
    }

    @Test("equal programs give equal solutions", arguments: solvers)
    func repeatable(solver: any Solver) throws {
        var generator = TestGenerator(seed: 7)
        let program = SmallProgram.knapsack(items: 30, using: &generator)
        #expect(try solve(solver, program).values == solve(solver, program).values)
    }

    @Test("programs are solved side by side on concurrent tasks", arguments: solvers)
    func concurrent(solver: any Solver) async throws {
        var generator = TestGenerator(seed: 11)
        let programs = (0..<16).map { _ in SmallProgram.knapsack(items: 25, using: &generator) }
        let expected = try programs.map { try solve(solver, $0).objective }
        let found = try await withThrowingTaskGroup(of: (Int, Double).self) { group in
            for (index, program) in programs.enumerated() {
                group.addTask {
                    (index, try solver.solve(program, options: SolverOptions()).objective)
                }
            }
            return try await group.reduce(into: [Double](repeating: .nan, count: 16)) {
                $0[$1.0] = $1.1
            }
        }
        #expect(found == expected)
    }
}
