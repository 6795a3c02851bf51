import Documents
import Testing

@testable import CommonWorkflow

@Suite struct LinkValueTests {
    private let sources = ["a", "b"].map { Link.Source(step: nil, name: $0) }

    private func value(_ values: [JSONValue], _ change: (inout Link) -> Void) throws -> JSONValue {
        var link = Link(sources: sources, isList: true)
        change(&link)
        let known = Dictionary(uniqueKeysWithValues: zip(sources, values))
        return try LinkValue(link).value(from: known, of: "x")
    }

    @Test("several values become a list, or one list of all their elements")
    func merging() throws {
        #expect(try value([[1], 2]) { _ in } == [[1], 2])
        #expect(try value([[1], 2]) { $0.merge = .flattened } == [1, 2])
    }

    @Test("null values are left out as is said")
    func picking() throws {
        #expect(try value([.null, 2]) { $0.pick = .firstNonNull } == 2)
        #expect(try value([.null, 2]) { $0.pick = .onlyNonNull } == 2)
        #expect(try value([.null, .null]) { $0.pick = .allNonNull } == [])
        #expect(throws: CWLError.self) { try value([1, 2]) { $0.pick = .onlyNonNull } }
        #expect(throws: CWLError.self) { try value([.null, .null]) { $0.pick = .firstNonNull } }
    }
}
