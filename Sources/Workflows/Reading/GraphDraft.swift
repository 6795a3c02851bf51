import Documents

/// The parts of a graph's document, read one by one and not yet held against each other.
struct GraphDraft: Sendable {
    var name: Marked<String>?
    var inputs: [Marked<GraphInput>] = []
    var executables: [Marked<Executable>] = []
    /// Names of executables that are there but at fault: no second fault is told about them.
    var faultyExecutables: Set<String> = []
    var policy = NodePolicy()
    var body = GraphDraft.Body()
    var categories: [String: Int] = [:]
    var tolerance = Tolerance.none

    struct Body: Sendable {
        var nodes: [NodeDraft] = []
        var outputs: [Marked<BodyOutput>] = []
    }
}

/// A node of a document, before its names are looked up.
struct NodeDraft: Sendable {
    /// Empty where it is at fault.
    let id: String
    let mark: TextMark
    let path: String
    let kind: Kind
    let sources: [String: Marked<PortSource>]
    let after: [Marked<String>]
    let trigger: Node.Trigger
    let policy: NodePolicy
    let resources: ResourcesDraft
    let resourcesFrom: Marked<PortSource>?

    indirect enum Kind: Sendable {
        case exec(Program)
        case parallel(GraphDraft.Inside, over: Marked<String>)
        case nested(GraphDraft.Inside)
        case macro([Marked<String>])
        case group
        case final(Program, FinalNode.WhenRun)
        /// Something is at fault.
        case faulty
    }

    /// The program of a payload.
    enum Program: Sendable {
        /// One of the document's executables.
        case named(Marked<String>)
        /// Described where it is used; `nil` where it is at fault.
        case own(Executable?)
    }

    /// The nodes of the same body that it waits for, with where the document says so.
    var parents: [Marked<String>] {
        let ports = (Array(sources.values) + [resourcesFrom].compactMap { $0 }).compactMap {
            source -> Marked<String>? in
            guard case .port(let node, _) = source.value else { return nil }
            return Marked(value: node, mark: source.mark, path: source.path)
        }
        return ports.sorted { ($0.mark, $0.path) < ($1.mark, $1.path) } + after
    }
}

extension GraphDraft {
    /// What a node holds: nodes of its own, or a pipeline of the library.
    enum Inside: Sendable {
        case body(Body)
        case pipeline(Marked<String>)
    }
}

/// Resources as far as a document names them.
struct ResourcesDraft: Sendable {
    var cores: Int?
    var memory: Int?
    var virtualMemory: Int?
    var walltime: Double?
    var temporary: Int?
    var gpus: Int?

    /// What is named here, and `standard` for the rest.
    func over(_ standard: Resources) -> Resources {
        Resources(
            cores: cores ?? standard.cores, memory: memory ?? standard.memory,
            virtualMemory: virtualMemory ?? standard.virtualMemory,
            walltime: walltime ?? standard.walltime, temporary: temporary ?? standard.temporary,
            gpus: gpus ?? standard.gpus)
    }
}
