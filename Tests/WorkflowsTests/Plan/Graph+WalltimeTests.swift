import Testing

@testable import Workflows

@Suite struct GraphWalltimeTests {
    private static func node(_ id: String, _ seconds: Double, after: [String] = []) -> Node {
        Node(id: id, kind: .exec(program(seconds)), after: after)
    }

    private static func program(_ seconds: Double) -> Executable {
        Executable(
            name: "program", command: "true", resources: Resources(walltime: seconds))
    }

    @Test("a graph lasts as long as its longest way, and its final node after that")
    func longest() {
        let inner = GraphBody(nodes: [
            Self.node("e", 3600), Self.node("f", 3600, after: ["e"]),
        ])
        let body = GraphBody(nodes: [
            Self.node("a", 3600), Self.node("b", 60), Self.node("c", 60, after: ["a"]),
            Node(id: "d", kind: .nested(inner), after: ["b"]), Node(id: "g", kind: .group),
            Node(id: "h", kind: .parallel(inner, over: "list"), after: ["g"]),
        ])
        // b, then e and f.
        #expect(Graph(name: "p", body: body).walltime == 60 + 7200)
        let final = FinalNode(node: Self.node("z", 10))
        #expect(Graph(name: "p", body: body, final: final).walltime == 60 + 7200 + 10)
        #expect(Graph(name: "p", body: GraphBody(nodes: [])).walltime == 0)
    }
}
