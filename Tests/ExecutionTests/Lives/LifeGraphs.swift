@testable import Workflows

/// Small graphs that tests spell out.
enum LifeGraphs {
    static func step(
        _ id: String, after: [String] = [], trigger: Node.Trigger = .allSucceeded,
        sources: [String: Workflows.PortSource] = [:], policy: NodePolicy = NodePolicy(),
        resourcesFrom: Workflows.PortSource? = nil
    ) -> Node {
        Node(
            id: id,
            kind: .exec(
                Executable(
                    name: id, command: "true",
                    outputs: [Executable.OutputPort(name: "o", mime: "fits")],
                    resources: Workflows.Resources())),
            sources: sources, after: after, trigger: trigger, policy: policy,
            resourcesFrom: resourcesFrom)
    }

    static func nested(
        _ id: String, _ nodes: [Node], outputs: [BodyOutput] = [], after: [String] = [],
        sources: [String: Workflows.PortSource] = [:], policy: NodePolicy = NodePolicy()
    ) -> Node {
        Node(
            id: id, kind: .nested(GraphBody(nodes: nodes, outputs: outputs)), sources: sources,
            after: after, policy: policy)
    }

    static func parallel(
        _ id: String, over source: Workflows.PortSource, _ nodes: [Node],
        outputs: [BodyOutput] = [], after: [String] = [], policy: NodePolicy = NodePolicy()
    ) -> Node {
        Node(
            id: id, kind: .parallel(GraphBody(nodes: nodes, outputs: outputs), over: "tiles"),
            sources: ["tiles": source], after: after, policy: policy)
    }

    static func group(_ id: String, after: [String] = []) -> Node {
        Node(id: id, kind: .group, after: after)
    }

    static func graph(
        _ nodes: [Node], outputs: [GraphOutput] = [], final: FinalNode? = nil,
        tolerance: Tolerance = .none
    ) -> Graph {
        Graph(
            name: "p", body: GraphBody(nodes: nodes), outputs: outputs, final: final,
            tolerance: tolerance)
    }

    /// a before b and c, both before d.
    static func diamond(
        final: FinalNode? = nil, tolerance: Tolerance = .none, policy: NodePolicy = NodePolicy()
    ) -> Graph {
        graph(
            [
                step("a"), step("b", after: ["a"], policy: policy), step("c", after: ["a"]),
                step("d", after: ["b", "c"]),
            ], final: final, tolerance: tolerance)
    }

    /// split, a parallel node over its list whose iterations have two steps, gather.
    static func wide(
        policy: NodePolicy = NodePolicy(), tolerance: Tolerance = .none, final: FinalNode? = nil
    ) -> Graph {
        graph(
            [
                step("split"),
                parallel(
                    "each", over: .port(node: "split", port: "o"),
                    [
                        step("flat", sources: ["i": .input("tiles")]),
                        step("fit", sources: ["i": .port(node: "flat", port: "o")]),
                    ], outputs: [BodyOutput(name: "fits", node: "fit", port: "o")], policy: policy),
                step("gather", sources: ["i": .port(node: "each", port: "fits")]),
            ], final: final, tolerance: tolerance)
    }

    static func final(_ whenRun: FinalNode.WhenRun = .always) -> FinalNode {
        FinalNode(node: step("end"), whenRun: whenRun)
    }
}
