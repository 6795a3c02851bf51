import Documents
public import Foundation

/// How the payloads of a graph's nodes are put together, as a document of its own.
public struct GraphClusters: Hashable, Sendable {
    /// By the path of a node of one payload; `nil` where it is left to the runner.
    public let terms: [String: ClusterTerms?]

    private static let format = "sgs-clusters/1"

    /// Those of a graph: its nodes' own, or `standard` where these say nothing.
    public init(_ graph: Graph, standard: ClusterTerms? = nil) {
        var terms: [String: ClusterTerms?] = [:]
        graph.walk { path, node in
            if node.executable != nil {
                terms.updateValue(node.policy.cluster ?? standard, forKey: path)
            }
        }
        self.terms = terms
    }

    /// Reads a document of those of a graph.
    ///
    /// - Throws: `WorkflowError` with all faults: terms that are none, nodes that the graph has not.
    public init(_ data: Data, file: String, of graph: Graph) throws(WorkflowError) {
        let faults = FaultLog(file: file)
        var terms: [String: ClusterTerms?] = [:]
        let known = Set(GraphClusters(graph).terms.keys)
        if let root = DocumentObject(data, mostBytes: GraphReader.mostBytes, faults: faults) {
            root.check(keys: ["format", "pipeline", "nodes"])
            if root.text("format") != Self.format {
                root.fault("format", expected: "\"\(Self.format)\"")
            }
            if let name = root.text("pipeline"), name != graph.name {
                root.fault("pipeline", expected: "\"\(graph.name)\"")
            }
            for entry in root.objects("nodes", required: true) {
                entry.check(keys: ["node", "cluster"])
                guard let path = entry.text("node") else { continue }
                guard known.contains(path), terms[path] == nil else {
                    entry.fault(
                        "node",
                        expected: terms[path] == nil
                            ? "a node of one payload of \(graph.name)" : "each node once")
                    continue
                }
                terms.updateValue(entry.has("cluster") ? entry.cluster() : nil, forKey: path)
            }
            for path in known.subtracting(terms.keys).sorted() where faults.isEmpty {
                root.fault("nodes", expected: "node \(path) as well")
            }
        }
        guard faults.isEmpty else {
            throw WorkflowError(.badGraph, file: file, faults.diagnostics)
        }
        self.terms = terms
    }

    /// The document, in lines.
    ///
    /// - Parameter graph: that they are of; its order is the document's.
    public func document(of graph: Graph) -> String {
        var nodes: [JSONValue] = []
        graph.walk { path, _ in
            guard let terms = terms[path] else { return }
            nodes.append(
                .fields(["node": .text(path), "cluster": terms.map { $0.document }]))
        }
        return JSONValue.fields([
            "format": .text(Self.format), "pipeline": .text(graph.name), "nodes": .list(nodes),
        ]).inLines + "\n"
    }
}

extension Graph {
    /// The same graph with nodes that are put together in this way.
    public func clustered(_ clusters: GraphClusters) -> Graph {
        Graph(
            name: name, inputs: inputs, body: body.clustered(clusters, ""), outputs: outputs,
            final: final.map {
                FinalNode(node: $0.node.clustered(clusters, ""), whenRun: $0.whenRun)
            }, categories: categories, tolerance: tolerance)
    }

    /// Visits all nodes, each with its path, what holds others before them.
    fileprivate func walk(_ visit: (_ path: String, Node) -> Void) {
        func walk(_ body: GraphBody, _ prefix: String) {
            for node in body.nodes {
                visit(prefix + node.id, node)
                if let inner = node.kind.body { walk(inner, "\(prefix)\(node.id).") }
            }
        }
        walk(body, "")
        if let final { visit(final.node.id, final.node) }
    }
}

extension GraphBody {
    fileprivate func clustered(_ clusters: GraphClusters, _ prefix: String) -> GraphBody {
        GraphBody(nodes: nodes.map { $0.clustered(clusters, prefix) }, outputs: outputs)
    }
}

extension Node {
    fileprivate func clustered(_ clusters: GraphClusters, _ prefix: String) -> Node {
        let path = prefix + id
        let kind: Kind =
            switch kind {
            case .exec, .group: kind
            case .nested(let body): .nested(body.clustered(clusters, "\(path)."))
            case .parallel(let body, let over):
                .parallel(body.clustered(clusters, "\(path)."), over: over)
            }
        return Node(
            id: id, kind: kind, sources: sources, after: after, trigger: trigger,
            policy: clusters.terms[path].map { policy.clustered($0) } ?? policy,
            resourcesFrom: resourcesFrom)
    }
}

extension NodePolicy {
    fileprivate func clustered(_ terms: ClusterTerms?) -> NodePolicy {
        NodePolicy(
            attempts: attempts, finalCodes: finalCodes, losses: losses,
            memoryMultiplier: memoryMultiplier, memoryCap: memoryCap, wait: wait,
            waitFactor: waitFactor, abortCodes: abortCodes, category: category,
            tolerance: tolerance, priority: priority, scouts: scouts, scoutGroup: scoutGroup,
            cluster: terms)
    }
}
