/// A place in a graph: one payload, or a body of others.
public struct Node: Hashable, Sendable {
    public indirect enum Kind: Hashable, Sendable {
        /// One payload of a program.
        case exec(Executable)
        /// The body once for each element of the list in the port `over`, whose width is known
        /// when the list's producer is done. Inside, the port of that name is one element; an
        /// output is the list of the bodies' outputs, in the list's order.
        case parallel(GraphBody, over: String)
        /// The body once; a chain of pipelines (macro) is made of these.
        case nested(GraphBody)
        /// Does nothing: others wait for it, and it for others.
        case group
    }

    /// Unique in its body: letters, digits, `-` and `_`.
    public let id: String
    public let kind: Kind
    /// Where each input port gets its file from.
    public let sources: [String: PortSource]
    /// Nodes that must be done before, though nothing is read of them.
    public let after: [String]
    public let trigger: Trigger
    public let policy: NodePolicy
    /// A JSON file of an earlier node with the resources of this one
    /// (`{"cores": 2, "ram_MiB": 4096, "walltime_s": 3600}`); what it leaves out stays as declared.
    public let resourcesFrom: PortSource?

    /// When a node may run.
    public enum Trigger: String, Hashable, Sendable, CaseIterable {
        /// All that it needs have completed.
        case allSucceeded = "all_succeeded"
        /// All that it needs have ended, however.
        case allDone = "all_done"
    }

    public init(
        id: String, kind: Kind, sources: [String: PortSource] = [:], after: [String] = [],
        trigger: Trigger = .allSucceeded, policy: NodePolicy = NodePolicy(),
        resourcesFrom: PortSource? = nil
    ) {
        self.id = id
        self.kind = kind
        self.sources = sources
        self.after = after
        self.trigger = trigger
        self.policy = policy
        self.resourcesFrom = resourcesFrom
    }

    /// The nodes of the same body that it waits for.
    public var parents: Set<String> {
        var parents = Set(after)
        for source in Array(sources.values) + [resourcesFrom].compactMap({ $0 }) {
            if case .port(let node, _) = source { parents.insert(node) }
        }
        return parents
    }

    /// The program, where it is a payload.
    public var executable: Executable? {
        if case .exec(let executable) = kind { executable } else { nil }
    }
}

/// Where an input port gets its file from.
public enum PortSource: Hashable, Sendable {
    /// An input of the graph or, within a body, a port of the node that holds it.
    case input(String)
    /// An output port of another node of the same body.
    case port(node: String, port: String)
}
