/// The pipelines that documents may name, as bodies of nodes.
struct PipelineShelf {
    struct Entry {
        let graph: Graph
        let body: GraphBody
        let measure: GraphMeasure
        let inputs: GraphAssembly.Ports
        let outputs: GraphAssembly.Ports
    }

    private(set) var entries: [String: Entry] = [:]
    /// Names of pipelines that are there but at fault: no second fault is told about them.
    var faulty: Set<String> = []

    init(_ graphs: [String: Graph]) {
        for (name, graph) in graphs { add(graph, name) }
    }

    mutating func add(_ graph: Graph, _ name: String) {
        let body = graph.bodyOfNode
        entries[name] = Entry(
            graph: graph, body: body, measure: GraphMeasure(body),
            inputs: Dictionary(graph.inputs.map { ($0.name, $0.content) }) { first, _ in first },
            outputs: Dictionary(graph.outputs.map { ($0.name, $0.content) }) { first, _ in first })
    }
}

extension Graph {
    /// The graph within another: its products are ports, and its final node runs after all others
    /// of its body.
    fileprivate var bodyOfNode: GraphBody {
        var nodes = body.nodes
        if let final, final.whenRun != .never {
            nodes.append(
                Node(
                    id: final.node.id, kind: final.node.kind, sources: final.node.sources,
                    after: nodes.map(\.id),
                    trigger: final.whenRun == .always ? .allDone : .allSucceeded,
                    policy: final.node.policy))
        }
        return GraphBody(
            nodes: nodes,
            outputs: outputs.map { BodyOutput(name: $0.name, node: $0.node, port: $0.port) })
    }
}

extension NodePolicy {
    /// With a pipeline's own tolerance, where none is set.
    func tolerating(_ tolerance: Tolerance) -> NodePolicy {
        guard self.tolerance == .none else { return self }
        return NodePolicy(
            attempts: attempts, finalCodes: finalCodes, losses: losses,
            memoryMultiplier: memoryMultiplier, memoryCap: memoryCap, wait: wait,
            waitFactor: waitFactor, abortCodes: abortCodes, category: category,
            tolerance: tolerance, priority: priority, scouts: scouts,
            scoutGroup: scoutGroup, cluster: cluster)
    }
}
