/// Attributes of graphs, nodes and edges by which campaigns are written as GraphML, and what other
/// tools call the same.
enum GraphMLAttribute: String, CaseIterable, Sendable {
    // Of nodes.
    case name, label, title, kind, pipeline, release, per, count, items, priority, policy, start
    case prepare, merge
    // Of edges.
    case data, product
    // Of the graph.
    case survey, share, retry

    /// The attribute that a key's `attr.name` stands for; `nil` for what says nothing of a
    /// campaign, such as colours.
    init?(named name: String) {
        if let own = GraphMLAttribute(rawValue: name) {
            self = own
            return
        }
        switch name.lowercased() {
        // Gephi.
        case "edge label", "label": self = .label
        case "name": self = .name
        case "dataset", "data set", "data_set": self = .data
        default: return nil
        }
    }
}

/// A `key` of a GraphML document: what `data` elements of this key say, and of what.
struct GraphMLKey {
    enum Meaning {
        case attribute(GraphMLAttribute)
        /// yEd's drawing of a node or edge, in which its label is.
        case drawing
        case other
    }

    enum Owner: String {
        case graph, node, edge, all, port, hyperedge, graphml, endpoint
    }

    let meaning: Meaning
    let owner: Owner
    var standard: String?
}
