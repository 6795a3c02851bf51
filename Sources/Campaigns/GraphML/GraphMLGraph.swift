import Documents

/// A graph as a GraphML document has it, with what says something of a campaign.
struct GraphMLGraph {
    struct Node {
        let id: String
        let mark: TextMark
        var values: [GraphMLAttribute: String] = [:]
        /// What yEd draws in it.
        var drawnLabel: String?
        /// Whether it holds nodes, and is drawn around them.
        var isGroup = false
    }

    struct Edge {
        let mark: TextMark
        let source: String
        let target: String
        let sourcePort: String?
        var values: [GraphMLAttribute: String] = [:]
        var drawnLabel: String?
    }

    /// The `id` of the first graph.
    var id: String?
    var mark = TextMark.start
    var values: [GraphMLAttribute: String] = [:]
    var nodes: [Node] = []
    var edges: [Edge] = []
    var keys: [String: GraphMLKey] = [:]

    /// Puts in what keys say for nodes and edges that have no value of their own.
    mutating func addDefaults() {
        for key in keys.values {
            guard let standard = key.standard, case .attribute(let attribute) = key.meaning else {
                continue
            }
            if key.owner == .node || key.owner == .all {
                for place in nodes.indices where nodes[place].values[attribute] == nil {
                    nodes[place].values[attribute] = standard
                }
            }
            if key.owner == .edge || key.owner == .all {
                for place in edges.indices where edges[place].values[attribute] == nil {
                    edges[place].values[attribute] = standard
                }
            }
            if key.owner == .graph || key.owner == .all, values[attribute] == nil {
                values[attribute] = standard
            }
        }
    }
}
