public import Documents

/// Holds a graph against a site before anything starts.
public enum GraphCheck {
    /// A payload that fits on no host of a site.
    public struct Shortfall: Hashable, Sendable {
        /// Names of the nodes from the outermost on, joined by points.
        public let node: String
        public let executable: String
        /// What each class lacks, in the order of the classes.
        public let missing: [ClassMissing]

        public struct ClassMissing: Hashable, Sendable {
            public let name: String
            public let missing: [ResourceClass.Missing]
        }
    }

    /// What is missing in each class; `nil` where one is large enough.
    public static func missing(_ resources: Resources, classes: [ResourceClass])
        -> [Shortfall.ClassMissing]?
    {
        let missing = classes.map {
            Shortfall.ClassMissing(name: $0.name, missing: $0.missing(for: resources))
        }
        return missing.contains { $0.missing.isEmpty } ? nil : missing
    }

    /// The nodes whose payloads fit in none of the classes, and could only wait for ever; what those
    /// need whose resources come from a file is not known before.
    public static func unfitting(_ graph: Graph, classes: [ResourceClass]) -> [Shortfall] {
        var found: [Shortfall] = []
        collect(graph.body.nodes + (graph.final.map { [$0.node] } ?? []), "", classes, &found)
        return found
    }

    /// The same as faults of the graph's document, with the class that lacks least.
    public static func shortfalls(_ graph: Graph, classes: [ResourceClass]) -> [Diagnostic] {
        unfitting(graph, classes: classes).map { shortfall in
            let nearest = shortfall.missing.min { $0.missing.count < $1.missing.count }
            return Diagnostic(
                file: graph.name, place: .record("node \(shortfall.node)"), field: "resources",
                found: nearest.map {
                    "class \($0.name) lacks "
                        + $0.missing.map(\.description).joined(separator: " and ")
                } ?? "no class of hosts",
                expected: "resources that a class of the site has")
        }
    }

    private static func collect(
        _ nodes: [Node], _ prefix: String, _ classes: [ResourceClass], _ found: inout [Shortfall]
    ) {
        for node in nodes {
            let path = prefix + node.id
            switch node.kind {
            case .exec(let executable) where node.resourcesFrom == nil:
                if let missing = missing(executable.resources, classes: classes) {
                    found.append(
                        Shortfall(node: path, executable: executable.name, missing: missing))
                }
            case .parallel(let body, _), .nested(let body):
                collect(body.nodes, path + ".", classes, &found)
            case .exec, .group: break
            }
        }
    }
}
