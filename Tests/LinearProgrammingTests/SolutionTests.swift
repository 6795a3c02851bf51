import LinearProgramming
import Testing

@Suite("SolverError")
struct SolverErrorTests {
    @Test(
        "each error says what is wrong, in one line",
        arguments: [
            (SolverError.notFinite("cost of x"), "cost of x is not a finite number"),
            (.crossedBounds("x"), "the lower bound of x is above the upper one"),
            (.unknownVariable("r"), "row r names a variable of another program"),
            (.duplicateTerm("x in r"), "x in r occurs twice"),
            (.failed("out of memory"), "the solver failed: out of memory"),
        ])
    func descriptions(error: SolverError, text: String) {
        #expect(error.description == text)
    }
}
