import Documents
import Testing

@testable import CommonWorkflow

@Suite struct ScatterTests {
    private let lists: [[JSONValue]] = [[1, 2], ["a", "b"]]

    @Test("one to one, each with each in a list, each with each in lists of lists")
    func methods() throws {
        let dot = try Scatter(lists, method: .dotProduct, name: "s")
        #expect(dot.combinations == [[1, "a"], [2, "b"]])
        #expect(dot.shaped(["x", "y"]) == ["x", "y"])
        let flat = try Scatter(lists, method: .flatCrossProduct, name: "s")
        #expect(flat.combinations == [[1, "a"], [1, "b"], [2, "a"], [2, "b"]])
        #expect(flat.shaped([1, 2, 3, 4]) == [1, 2, 3, 4])
        let nested = try Scatter(lists, method: .nestedCrossProduct, name: "s")
        #expect(nested.shaped([1, 2, 3, 4]) == [[1, 2], [3, 4]])
    }

    @Test("of empty lists only the shape is left")
    func empty() throws {
        #expect(
            try Scatter([[1, 2], []], method: .nestedCrossProduct, name: "s").shaped([]) == [
                [], [],
            ])
        #expect(try Scatter([[], [1]], method: .nestedCrossProduct, name: "s").shaped([]) == [])
        #expect(try Scatter([[], []], method: .dotProduct, name: "s").shaped([]) == [])
    }

    @Test("lists of different lengths are not combined one to one, and not too many are combined")
    func refused() {
        #expect(throws: CWLError.self) { try Scatter([[1], []], method: .dotProduct, name: "s") }
        let many = [JSONValue](repeating: 1, count: 1001)
        #expect(throws: CWLError.self) {
            try Scatter([many, many], method: .flatCrossProduct, name: "s")
        }
    }
}
