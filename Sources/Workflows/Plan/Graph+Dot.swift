extension Graph {
    /// The graph as a text of Graphviz's language DOT: nodes that hold others as clusters, edges
    /// with the ports that they join, order without files dashed.
    public func dot() -> String {
        var text = "digraph \"\(name)\" {\n    rankdir=LR;\n    node [shape=box];\n"
        for input in inputs {
            text += "    \"in:\(input.name)\" [shape=ellipse, label=\"\(input.name)\"];\n"
        }
        let summary = summary
        Self.write(body, within: "", indent: 1, to: &text)
        if let final {
            text += "    \"\(final.node.id)\" [shape=octagon, label=\"\(final.node.id)\\n"
            text += "final, when_run \(final.whenRun.rawValue)\"];\n"
        }
        for edge in summary.edges {
            let from = edge.from ?? "in:\(edge.fromPort ?? "")"
            text += "    \"\(from)\" -> \"\(edge.to)\""
            switch (edge.fromPort, edge.toPort) {
            case (nil, _): text += " [style=dashed]"
            case (let port?, nil): text += " [style=dotted, label=\"\(port): resources\"]"
            case (let port?, let taken?):
                text += " [label=\"\(port == taken ? port : "\(port) as \(taken)")\"]"
            }
            text += ";\n"
        }
        for output in outputs {
            text += "    \"out:\(output.name)\" [shape=ellipse, label=\"\(output.name)\"];\n"
            text += "    \"\(output.node)\" -> \"out:\(output.name)\" [label=\"\(output.port)\"];\n"
        }
        return text + "}\n"
    }

    private static func write(
        _ body: GraphBody, within prefix: String, indent: Int, to text: inout String
    ) {
        let space = String(repeating: "    ", count: indent)
        for node in body.nodes {
            let path = prefix + node.id
            switch node.kind {
            case .exec(let executable):
                let label =
                    executable.name == node.id ? node.id : "\(node.id)\\n\(executable.name)"
                text += "\(space)\"\(path)\" [label=\"\(label)\"];\n"
            case .group:
                text += "\(space)\"\(path)\" [shape=diamond, label=\"\(node.id)\"];\n"
            case .parallel(let inner, let over):
                text += "\(space)subgraph \"cluster_\(path)\" {\n"
                text += "\(space)    \"\(path)\" [shape=folder, label=\"\(node.id)\\n"
                text += "for each of \(over)\"];\n"
                write(inner, within: path + ".", indent: indent + 1, to: &text)
                text += "\(space)}\n"
            case .nested(let inner):
                text += "\(space)subgraph \"cluster_\(path)\" {\n"
                text += "\(space)    \"\(path)\" [shape=folder, label=\"\(node.id)\"];\n"
                write(inner, within: path + ".", indent: indent + 1, to: &text)
                text += "\(space)}\n"
            }
        }
    }
}
