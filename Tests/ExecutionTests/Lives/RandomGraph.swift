@testable import Workflows

/// Graphs of every kind of node, by chance.
struct RandomGraph {
    var numbers: SeededNumbers

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
    }

    mutating func graph() -> Graph {
        var final: FinalNode?
        if numbers.oneIn(2) {
            let whenRun = FinalNode.WhenRun.allCases[numbers.below(3)]
            let node =
                numbers.oneIn(3)
                ? LifeGraphs.nested("end", body(depth: 1).nodes) : LifeGraphs.step("end")
            final = FinalNode(node: node, whenRun: whenRun)
        }
        return Graph(
            name: "random", body: body(depth: 2), final: final,
            tolerance: numbers.oneIn(4) ? .part(0.5) : .none)
    }

    private mutating func body(depth: Int) -> GraphBody {
        var nodes: [Node] = []
        for place in 0..<(1 + numbers.below(depth == 2 ? 6 : 3)) {
            let after = nodes.filter { _ in numbers.oneIn(2) }.map(\.id)
            let steps = nodes.filter { $0.executable != nil }
            var resourcesFrom: Workflows.PortSource?
            if let first = steps.first, numbers.oneIn(6) {
                resourcesFrom = .port(node: first.id, port: "o")
            }
            let kind = kind(depth: depth)
            var sources: [String: Workflows.PortSource] = [:]
            var policy = NodePolicy()
            switch kind {
            case .parallel:
                sources = ["list": .input("list")]
                policy = NodePolicy(tolerance: numbers.oneIn(2) ? .part(0.5) : .none)
            case .nested: policy = NodePolicy(tolerance: numbers.oneIn(4) ? .count(1) : .none)
            default: break
            }
            nodes.append(
                Node(
                    id: "n\(place)", kind: kind, sources: sources, after: after,
                    trigger: numbers.oneIn(4) ? .allDone : .allSucceeded, policy: policy,
                    resourcesFrom: kind.isProcess ? resourcesFrom : nil))
        }
        return GraphBody(nodes: nodes)
    }

    private mutating func kind(depth: Int) -> Node.Kind {
        switch numbers.below(depth > 0 ? 6 : 4) {
        case 0: .group
        case 4: .parallel(body(depth: depth - 1), over: "list")
        case 5: .nested(body(depth: depth - 1))
        default:
            .exec(
                Executable(
                    name: "x", command: "true",
                    outputs: [Executable.OutputPort(name: "o", mime: "fits")],
                    resources: Workflows.Resources()))
        }
    }
}

extension Node.Kind {
    fileprivate var isProcess: Bool {
        if case .exec = self { true } else { false }
    }
}
