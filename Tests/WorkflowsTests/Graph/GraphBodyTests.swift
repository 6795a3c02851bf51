import Testing

@testable import Workflows

@Suite struct GraphBodyTests {
    private let step = Node.Kind.exec(
        Executable(name: "x", command: "true", resources: Resources()))

    @Test func `a node waits for its sources and for those that it comes after`() {
        let body = GraphBody(nodes: [
            Node(id: "a", kind: step), Node(id: "b", kind: .group, after: ["a"]),
            Node(
                id: "c", kind: step, sources: ["in": .port(node: "a", port: "out")], after: ["b"]),
        ])
        #expect(body.children == [[1, 2], [2], []])
        #expect(body.parentCounts == [0, 1, 2])
        #expect(body.place(of: "c") == 2)
    }
}
