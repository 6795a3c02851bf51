import LinearProgramming
import Testing

@Suite("Program")
struct ProgramTests {
    @Test("variables and rows keep their names and order")
    func order() {
        var program = Program()
        let x = program.addVariable("x", lower: 1, upper: 2, cost: 3, isInteger: true)
        let y = program.addVariable("y")
        program.addRow("r", equals: 4, terms: [.init(5, y)])
        #expect(program.variables.map(\.name) == ["x", "y"])
        #expect(x.index == 0 && y.index == 1)
        #expect(program.variables[0].isInteger && !program.variables[1].isInteger)
        #expect(program.variables[1].lower == 0 && program.variables[1].upper == .infinity)
        #expect(program.rows[0].lower == 4 && program.rows[0].upper == 4)
    }

    @Test("an appended program keeps its rows on its own variables")
    func append() {
        var program = Program()
        let x = program.addVariable("x")
        program.addRow("r", upper: 1, terms: [.init(1, x)])
        var other = Program()
        let y = other.addVariable("y", cost: 2)
        other.addRow("s", lower: 3, terms: [.init(4, y)])
        program.append(other)
        #expect(program.variables.map(\.name) == ["x", "y"])
        #expect(program.rows.map(\.name) == ["r", "s"])
        #expect(program.rows[1].terms.map(\.variable.index) == [1])
        #expect(program.rows[1].lower == 3 && program.rows[1].terms[0].coefficient == 4)
        #expect(program.termCount == 2)
    }

    /// A malformed program with the error that names its fault.
    struct Malformed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let error: SolverError
        let build: @Sendable (inout Program, Program.Variable) -> Void
    }

    static let malformed: [Malformed] = [
        Malformed(testDescription: "cost NaN", error: .notFinite("cost of y")) { program, _ in
            _ = program.addVariable("y", cost: .nan)
        },
        Malformed(testDescription: "cost infinite", error: .notFinite("cost of y")) { program, _ in
            _ = program.addVariable("y", cost: .infinity)
        },
        Malformed(testDescription: "bounds crossed", error: .crossedBounds("y")) { program, _ in
            _ = program.addVariable("y", lower: 2, upper: 1)
        },
        Malformed(testDescription: "bound NaN", error: .crossedBounds("y")) { program, _ in
            _ = program.addVariable("y", lower: .nan)
        },
        Malformed(testDescription: "lower bound +infinity", error: .crossedBounds("y")) {
            program, _ in
            _ = program.addVariable("y", lower: .infinity)
        },
        Malformed(testDescription: "upper bound -infinity", error: .crossedBounds("y")) {
            program, _ in
            _ = program.addVariable("y", lower: -.infinity, upper: -.infinity)
        },
        Malformed(testDescription: "row crossed", error: .crossedBounds("r")) { program, x in
            program.addRow("r", lower: 2, upper: 1, terms: [.init(1, x)])
        },
        Malformed(testDescription: "row NaN", error: .crossedBounds("r")) { program, x in
            program.addRow("r", equals: .nan, terms: [.init(1, x)])
        },
        Malformed(testDescription: "coefficient NaN", error: .notFinite("coefficient in r")) {
            program, x in
            program.addRow("r", equals: 1, terms: [.init(.nan, x)])
        },
        Malformed(testDescription: "duplicate term", error: .duplicateTerm("x in r")) {
            program, x in
            program.addRow("r", equals: 1, terms: [.init(1, x), .init(2, x)])
        },
        Malformed(testDescription: "variable of another program", error: .unknownVariable("r")) {
            program, _ in
            var other = Program()
            _ = other.addVariable("a")
            program.addRow("r", equals: 1, terms: [.init(1, other.addVariable("b"))])
        },
    ]

    @Test("a malformed program is refused before a solver sees it", arguments: malformed)
    func refused(malformed: Malformed) {
        var program = Program()
        let x = program.addVariable("x", cost: 1)
        malformed.build(&program, x)
        #expect(throws: malformed.error) { try GLPKSolver().solve(program) }
    }

    @Test("the same variable in two rows is no duplicate")
    func twoRows() throws {
        var program = Program()
        let x = program.addVariable("x", cost: 1)
        program.addRow("a", lower: 1, terms: [.init(1, x)])
        program.addRow("b", lower: 2, terms: [.init(1, x)])
        #expect(try GLPKSolver().solve(program)[x] == 2)
    }
}
