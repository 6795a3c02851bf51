/// A graph as tables of its nodes and edges, those within nodes included.
public struct GraphSummary: Hashable, Sendable, Encodable {
    public struct NodeRow: Hashable, Sendable, Encodable {
        public enum Kind: String, Hashable, Sendable, Encodable {
            case exec, parallel, nested, group, final
        }

        /// Names of the nodes from the outermost on, joined by points.
        public let path: String
        public let kind: Kind
        /// Name of the program, where it is a payload.
        public let executable: String?
        public let command: String?
        /// Of one payload.
        public let resources: Resources?
        /// The port over whose list it runs.
        public let over: String?
        /// The longest way from a node of its body that waits for none, in nodes; 0 for those.
        public let level: Int
    }

    /// One node waits for another of the same body, or a node of a body takes what the node that
    /// holds it was given.
    public struct EdgeRow: Hashable, Sendable, Encodable {
        /// Path of a node; `nil` for an input of the graph.
        public let from: String?
        /// Output port or input's name; `nil` where nothing but the order counts.
        public let fromPort: String?
        public let to: String
        /// Input port; `nil` where nothing but the order counts, or where the resources are meant.
        public let toPort: String?
    }

    public private(set) var nodes: [NodeRow] = []
    public private(set) var edges: [EdgeRow] = []

    public init(_ graph: Graph) {
        add(graph.body, within: nil)
        if let final = graph.final { add(final.node, .final, level: 0, within: nil) }
    }

    private mutating func add(_ body: GraphBody, within holder: String?) {
        var levels = body.nodes.map { _ in 0 }
        for (place, node) in body.nodes.enumerated() {
            for child in body.children[place] {
                levels[child] = max(levels[child], levels[place] + 1)
            }
            let kind: NodeRow.Kind =
                switch node.kind {
                case .exec: .exec
                case .parallel: .parallel
                case .nested: .nested
                case .group: .group
                }
            add(node, kind, level: levels[place], within: holder)
        }
    }

    private mutating func add(
        _ node: Node, _ kind: NodeRow.Kind, level: Int, within holder: String?
    ) {
        let prefix = holder.map { "\($0)." } ?? ""
        let path = prefix + node.id
        let over: String? = if case .parallel(_, let port) = node.kind { port } else { nil }
        nodes.append(
            NodeRow(
                path: path, kind: kind, executable: node.executable?.name,
                command: node.executable?.command, resources: node.executable?.resources,
                over: over, level: level))
        for (port, source) in node.sources.sorted(by: { $0.key < $1.key }) {
            add(source, to: path, port, prefix: prefix, holder: holder)
        }
        if let source = node.resourcesFrom {
            add(source, to: path, nil, prefix: prefix, holder: holder)
        }
        for other in node.after {
            edges.append(EdgeRow(from: prefix + other, fromPort: nil, to: path, toPort: nil))
        }
        if let body = node.kind.body { add(body, within: path) }
    }

    private mutating func add(
        _ source: PortSource, to path: String, _ port: String?, prefix: String, holder: String?
    ) {
        switch source {
        case .input(let name):
            edges.append(EdgeRow(from: holder, fromPort: name, to: path, toPort: port))
        case .port(let node, let name):
            edges.append(EdgeRow(from: prefix + node, fromPort: name, to: path, toPort: port))
        }
    }
}

extension Graph {
    /// The graph's nodes and edges as tables.
    public var summary: GraphSummary { GraphSummary(self) }
}
