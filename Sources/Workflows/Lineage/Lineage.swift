/// What each file of a graph is made from, by the lineage of the ports on the way, through
/// nodes that hold others.
public struct Lineage: Hashable, Sendable {
    /// What a file comes from.
    public struct Origin: Hashable, Sendable {
        /// Inputs of the graph.
        public fileprivate(set) var inputs: Set<String> = []
        /// Outputs of the graph that were made on the way.
        public fileprivate(set) var outputs: Set<String> = []

        fileprivate mutating func formUnion(_ other: Origin) {
            inputs.formUnion(other.inputs)
            outputs.formUnion(other.outputs)
        }
    }

    /// An output port of a payload.
    public struct Row: Hashable, Sendable {
        /// Names of the nodes from the outermost on, joined by points.
        public let path: String
        public let port: String
        /// The input ports of the same program that it is made from.
        public let ports: [String]
        /// What these come from.
        public let origin: Origin
        /// The outputs of the graph that it becomes; none where it stays inside.
        public let products: [String]
    }

    /// Of all output ports, in the order of the nodes.
    public private(set) var rows: [Row] = []
    private var origins: [String: Origin] = [:]

    public init(_ graph: Graph) {
        var kept: [String: [String]] = [:]
        for output in graph.outputs {
            kept[output.node + "." + output.port, default: []].append(output.name)
        }
        var inputs: [String: Origin] = [:]
        for input in graph.inputs { inputs[input.name] = Origin(inputs: [input.name]) }
        let ports = follow(graph.body, inputs, within: "", kept: kept, shown: [:])
        for output in graph.outputs {
            var origin = ports[output.node + "." + output.port] ?? Origin()
            origin.outputs.remove(output.name)
            origins[output.name] = origin
        }
        if let final = graph.final {
            _ = follow(GraphBody(nodes: [final.node]), inputs, within: "", kept: [:], shown: [:])
        }
    }

    /// The origin of an output of the graph, followed to the graph's inputs.
    public func origin(of output: GraphOutput) -> Origin { origins[output.name] ?? Origin() }

    /// The origins of all output ports of a body's nodes, as others see them.
    ///
    /// - Parameters:
    ///   - kept: the graph's outputs by node and port of its own body; empty within nodes.
    ///   - shown: the graph's outputs that a port of this body becomes by way of the nodes that
    ///     hold it.
    private mutating func follow(
        _ body: GraphBody, _ inputs: [String: Origin], within prefix: String,
        kept: [String: [String]], shown: [String: [String]]
    ) -> [String: Origin] {
        var made: [String: Origin] = [:]
        for node in body.nodes {
            let given = node.sources.mapValues { source in
                switch source {
                case .input(let name): inputs[name] ?? Origin()
                case .port(let node, let port): made["\(node).\(port)"] ?? Origin()
                }
            }
            var outputs: [String: Origin] = [:]
            switch node.kind {
            case .exec(let executable):
                for port in executable.outputs {
                    var origin = Origin()
                    for name in port.lineage { origin.formUnion(given[name] ?? Origin()) }
                    outputs[port.name] = origin
                    let place = "\(node.id).\(port.name)"
                    rows.append(
                        Row(
                            path: prefix + node.id, port: port.name, ports: port.lineage,
                            origin: origin, products: (kept[place] ?? []) + (shown[place] ?? [])))
                }
            case .parallel(let inner, _), .nested(let inner):
                var innerShown: [String: [String]] = [:]
                for output in inner.outputs {
                    let place = "\(node.id).\(output.name)"
                    innerShown["\(output.node).\(output.port)", default: []] +=
                        (kept[place] ?? []) + (shown[place] ?? [])
                }
                let ports = follow(
                    inner, given, within: "\(prefix)\(node.id).", kept: [:], shown: innerShown)
                for output in inner.outputs {
                    outputs[output.name] = ports["\(output.node).\(output.port)"]
                }
                if case .parallel = node.kind, outputs[GraphBody.tuples] == nil {
                    outputs[GraphBody.tuples] = outputs.values.reduce(into: Origin()) {
                        $0.formUnion($1)
                    }
                }
            case .group: break
            }
            for (port, origin) in outputs {
                let place = "\(node.id).\(port)"
                var seen = origin
                seen.outputs.formUnion(kept[place] ?? [])
                made[place] = seen
            }
        }
        return made
    }
}
