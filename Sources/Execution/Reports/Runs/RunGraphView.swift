import Markup
public import Workflows

/// The graph of a run, with the states of the payloads of each node.
public struct RunGraphView: Sendable, Encodable {
    public let run: String
    public let graph: GraphSummary
    /// By a node's path and the states' names.
    public let states: [String: [String: Int]]
    /// In Graphviz' language.
    public let dot: String

    /// The runs that have to complete before it begins, and those that wait for it.
    public let needs: [LinkedRun]
    public let neededBy: [LinkedRun]

    private enum CodingKeys: CodingKey { case run, graph, states, needs, neededBy }

    public init(_ facts: RunFacts) {
        let life = facts.life
        var states: [String: PayloadTally] = [:]
        for range in life.nodeRanges {
            states[life.label(range.first), default: PayloadTally()].add([range], of: life)
        }
        run = facts.run.id.text
        graph = life.graph.summary
        self.states = states.mapValues(\.named)
        dot = life.graph.dot()
        needs = facts.run.needs.map(LinkedRun.init)
        neededBy = facts.needing.map(LinkedRun.init)
    }

    /// The nodes, each below what holds it, with what it waits for.
    public var text: String {
        var parents: [String: [String]] = [:]
        for edge in graph.edges {
            guard let from = edge.from, parents[edge.to]?.contains(from) != true else { continue }
            parents[edge.to, default: []].append(from)
        }
        var table = TextTable("NODE", "KIND", "PROGRAM", "STATES", "AFTER")
        for node in graph.nodes {
            let parts = node.path.split(separator: ".")
            let indent = String(repeating: "  ", count: max(0, parts.count - 1))
            let counts = (states[node.path] ?? [:]).sorted { $0.key < $1.key }
            let state = counts.map { $1 == 1 ? $0 : "\($0) \($1)" }.joined(separator: ", ")
            table.add(
                indent + (parts.last ?? ""), node.kind.rawValue, node.executable ?? "", state,
                (parents[node.path] ?? []).joined(separator: ", "))
        }
        guard !needs.isEmpty || !neededBy.isEmpty else { return table.text }
        var links = TextTable("KIND", "RUN", "ID", "STATE")
        for (kind, runs) in [("needs", needs), ("needed by", neededBy)] {
            for run in runs { links.add(kind, "\(run.number)", run.run, run.state) }
        }
        return "\(table.text)\n\n\(links.text)"
    }
}

/// A run that waits for another, or for which another waits.
public struct LinkedRun: Hashable, Sendable, Encodable {
    public let number: Int64
    public let run: String
    /// `REMOVED` where it is not there any more.
    public let state: String

    init(_ need: RunNeed) {
        number = need.number
        run = need.id.text
        state = need.state?.rawValue ?? "REMOVED"
    }

    var text: String { "\(number) \(state)" }
}
