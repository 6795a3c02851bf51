import Documents

/// Holds the parts of a document against each other and makes the graph of them.
///
/// Where something is missing or at fault the log is told, once: what depends on it is
/// checked no further.
struct GraphAssembly {
    /// Contents of ports by name; `nil` where it is not known because of another fault.
    typealias Ports = [String: PortContent?]

    /// The nodes and ports that the nodes of a body can name.
    struct Scope {
        var inputs: Ports
        /// Of the nodes done so far; `nil` where a node is at fault.
        var outputs: [String: Ports?] = [:]
    }

    let faults: FaultLog
    let draft: GraphDraft
    let library: PipelineShelf
    let executables: [String: Executable]
    var categories: [String: Int]
    /// The pipelines of the library that are part of the graph.
    var used: Set<String> = []

    init(_ draft: GraphDraft, library: PipelineShelf, _ faults: FaultLog) {
        self.faults = faults
        self.draft = draft
        self.library = library
        executables = Dictionary(draft.executables.map { ($0.value.name, $0.value) }) {
            first, _ in first
        }
        categories = draft.categories
    }

    /// The graph, which is of use only where the log has no fault.
    mutating func graph() -> Graph? {
        faults.check(names: draft.executables.map { $0.named($0.value.name) }, of: "executable")
        faults.check(names: draft.inputs.map { $0.named($0.value.name) }, of: "input")
        let inputs = Dictionary(draft.inputs.map { ($0.value.name, $0.value.content) }) {
            first, _ in first
        }
        let final = final(Scope(inputs: inputs))
        let (body, outputs, measure) = body(
            draft.body, Scope(inputs: inputs), isOutermost: true)
        check(measure)
        guard faults.isEmpty, let name = draft.name else { return nil }
        return Graph(
            name: name.value, inputs: draft.inputs.map(\.value), body: body,
            outputs: draft.body.outputs.map {
                GraphOutput(
                    name: $0.value.name, node: $0.value.node, port: $0.value.port,
                    content: outputs[$0.value.name].flatMap { $0 } ?? .file)
            },
            final: final, categories: categories, tolerance: draft.tolerance)
    }

    private mutating func check(_ measure: GraphMeasure) {
        let mark = draft.name?.mark ?? .start
        for (found, most, what) in [
            (measure.nodes, GraphMeasure.mostNodes, "nodes"),
            (measure.depth, GraphDraft.deepest, "levels of nodes in one another"),
            (measure.path, GraphMeasure.longestPath, "characters in a node's path"),
        ] where found > most {
            faults.add(
                at: mark, field: "nodes", found: "\(found) \(what)", expected: "at most \(most)")
        }
    }

    /// Takes the final node from the others.
    private mutating func final(_ scope: Scope) -> FinalNode? {
        var final: FinalNode?
        var others = 0
        for draft in draft.body.nodes {
            guard case .final(let executable, let whenRun) = draft.kind else { continue }
            for source in draft.sources.values {
                if case .port = source.value {
                    faults.add(
                        at: source.mark, field: source.path, found: "an output of a node",
                        expected: "an input of the graph, which is there whatever became of the"
                            + " nodes")
                }
            }
            others += 1
            if others > 1 {
                faults.add(
                    at: draft.mark, field: draft.path, found: "a second final node", expected: "one"
                )
            }
            if let kind = exec(draft, executable, scope)?.kind {
                final = FinalNode(
                    node: Node(
                        id: draft.id, kind: kind, sources: draft.sources.mapValues(\.value),
                        policy: draft.policy),
                    whenRun: whenRun)
            }
        }
        return final
    }

    /// The nodes of a body in their order, with the contents of its outputs.
    mutating func body(_ draft: GraphDraft.Body, _ scope: Scope, isOutermost: Bool = false)
        -> (GraphBody, Ports, GraphMeasure)
    {
        faults.check(
            names: draft.nodes.filter { !$0.id.isEmpty }.map {
                Marked(value: $0.id, mark: $0.mark, path: $0.path)
            }, of: "node")
        faults.check(names: draft.outputs.map { $0.named($0.value.name) }, of: "output")
        var scope = scope
        var measure = GraphMeasure()
        var nodes: [Node] = []
        for place in order(draft.nodes) {
            let draft = draft.nodes[place]
            if case .final = draft.kind {
                if !isOutermost {
                    faults.add(
                        at: draft.mark, field: draft.path, found: "a final node within a node",
                        expected: "it among the graph's own nodes")
                }
                continue
            }
            let made = made(draft, scope)
            if scope.outputs[draft.id] == nil { scope.outputs[draft.id] = .some(made?.outputs) }
            guard let made else { continue }
            measure.add(draft.id, made.inside, of: made.kind)
            nodes.append(
                Node(
                    id: draft.id, kind: made.kind, sources: draft.sources.mapValues(\.value),
                    after: draft.after.map(\.value), trigger: draft.trigger,
                    policy: made.policy, resourcesFrom: draft.resourcesFrom?.value))
        }
        var outputs: Ports = [:]
        for output in draft.outputs {
            let source = PortSource.port(node: output.value.node, port: output.value.port)
            outputs[output.value.name] = content(
                Marked(value: source, mark: output.mark, path: output.path), scope,
                isLookedUp: false)
        }
        guard faults.isEmpty else { return (GraphBody(nodes: []), outputs, measure) }
        return (GraphBody(nodes: nodes, outputs: draft.outputs.map(\.value)), outputs, measure)
    }

    /// The places of nodes, each after those that it needs.
    private mutating func order(_ nodes: [NodeDraft]) -> [Int] {
        let places = Dictionary(nodes.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var parents: [[Int]] = []
        for node in nodes {
            var own: [Int] = []
            for parent in node.parents {
                guard let place = places[parent.value] else {
                    faults.add(
                        at: parent.mark, field: parent.path, found: "node \"\(parent.value)\"",
                        expected: "a node of the same body")
                    continue
                }
                if case .final = nodes[place].kind {
                    faults.add(
                        at: parent.mark, field: parent.path,
                        found: "the final node \"\(parent.value)\"",
                        expected: "a node that runs before the end")
                    continue
                }
                own.append(place)
            }
            parents.append(own)
        }
        let order = NodeOrder(parents: parents)
        for cycle in order.cycles.prefix(10) {
            let names = cycle.map { nodes[$0].id }
            let shown =
                names.count > 20 ? names.prefix(10) + ["..."] + names.suffix(10) : names[...]
            faults.add(
                at: nodes[cycle[0]].mark, field: nodes[cycle[0]].path,
                found: "a cycle: \((shown + [names[0]]).joined(separator: " -> "))",
                expected: "no cycle")
        }
        return order.nodes
    }
}

extension Marked {
    /// A name at the same place.
    func named(_ name: String) -> Marked<String> {
        Marked<String>(value: name, mark: mark, path: path)
    }
}
