/// Holds the parts of a pipeline against each other.
struct GraphCheck {
    let draft: GraphDraft
    private let executables: [String: PipelineExecutable]
    private let inputs: [String: PipelineInput]
    private let nodes: [String: GraphDraft.Node]

    init(_ draft: GraphDraft) {
        self.draft = draft
        executables = Dictionary(draft.executables.map { ($0.name, $0) }) { first, _ in first }
        inputs = Dictionary(draft.inputs.map { ($0.name, $0) }) { first, _ in first }
        nodes = Dictionary(draft.nodes.map { ($0.id, $0) }) { first, _ in first }
    }

    /// The graph, where the reader has no fault to tell.
    func graph(_ reader: inout DocumentReader) -> PipelineGraph {
        for (names, what) in [
            (draft.executables.map(\.name), "an executable"),
            (draft.inputs.map(\.name), "an input"),
            (draft.nodes.map(\.id), "a node"), (draft.outputs.map(\.name), "an output"),
        ] { checkNames(names, what, &reader) }
        for executable in draft.executables { checkPorts(executable, &reader) }
        for node in draft.nodes { checkNode(node, &reader) }
        for output in draft.outputs {
            checkPort(output.node, output.port, "output \(output.name)", &reader)
        }
        if draft.nodes.isEmpty {
            reader.fault("pipeline", "nodes", found: "none", expected: "at least one")
        }
        let sorted = sortedNodes(&reader)
        return PipelineGraph(
            name: draft.name, inputs: draft.inputs,
            nodes: sorted.compactMap { node in
                executables[node.executable].map {
                    PipelineNode(id: node.id, executable: $0, sources: node.sources)
                }
            },
            outputs: draft.outputs, policy: draft.policy)
    }

    /// Names become parts of file names: each once, and of plain characters.
    private func checkNames(_ names: [String], _ what: String, _ reader: inout DocumentReader) {
        var seen: Set<String> = []
        for name in names {
            if !seen.insert(name).inserted {
                reader.fault(
                    name, nil, found: "\(what) of a name used before", expected: "a name of its own"
                )
            }
            // An attempt's number or a suffix follows.
            if name != FileName.encoded(name, reserved: 32) {
                reader.fault(
                    name, nil, found: "\(what) of this name",
                    expected: "letters, digits, '-', '_' and '.'")
            }
        }
    }

    private func checkPorts(_ executable: PipelineExecutable, _ reader: inout DocumentReader) {
        let names = executable.inputs.map(\.name) + executable.outputs.map(\.name)
        checkNames(names, "a port of \(executable.name)", &reader)
        for name in names where ["workdir", "logdir"].contains(name) {
            reader.fault(
                executable.name, nil, found: "a port named \(name)",
                expected: "another name, for the runner passes this argument itself")
        }
    }

    private func checkNode(_ node: GraphDraft.Node, _ reader: inout DocumentReader) {
        guard let executable = executables[node.executable] else {
            let names = executables.keys.sorted().joined(separator: ", ")
            reader.fault(
                node.id, "executable", found: "\"\(node.executable)\"", expected: "one of \(names)")
            return
        }
        for port in executable.inputs where node.sources[port.name] == nil {
            reader.fault(
                node.id, "in", found: "no source for port \(port.name)",
                expected: "one for each port")
        }
        for (name, source) in node.sources.sorted(by: { $0.key < $1.key }) {
            guard let port = executable.inputs.first(where: { $0.name == name }) else {
                reader.fault(
                    node.id, "in", found: "port \(name)",
                    expected: "an input port of \(executable.name)")
                continue
            }
            checkSource(source, of: port, node.id, &reader)
        }
    }

    private func checkSource(
        _ source: PortSource, of port: PipelineExecutable.InputPort, _ record: String,
        _ reader: inout DocumentReader
    ) {
        switch source {
        case .input(let name):
            guard let input = inputs[name] else {
                reader.fault(
                    record, port.name, found: "input \"\(name)\"",
                    expected: "an input of the pipeline")
                return
            }
            if input.content != port.content {
                reader.fault(
                    record, port.name, found: "input \(name) of \(input.content.rawValue)",
                    expected: port.content.rawValue)
            }
        case .port(let node, let name):
            checkPort(node, name, record, &reader)
            if port.content != .file {
                reader.fault(
                    record, port.name, found: "a port of one file", expected: port.content.rawValue)
            }
        }
    }

    private func checkPort(
        _ node: String, _ port: String, _ record: String, _ reader: inout DocumentReader
    ) {
        guard let source = nodes[node] else {
            reader.fault(record, nil, found: "node \"\(node)\"", expected: "a node of the pipeline")
            return
        }
        guard let executable = executables[source.executable] else { return }
        if !executable.outputs.contains(where: { $0.name == port }) {
            reader.fault(
                record, nil, found: "port \"\(port)\" of \(node)",
                expected: "an output port of \(executable.name)")
        }
    }

    /// The nodes, each after those that it needs, otherwise as the document has them (Kahn 1962,
    /// CACM 5, 558).
    private func sortedNodes(_ reader: inout DocumentReader) -> [GraphDraft.Node] {
        var sorted: [GraphDraft.Node] = []
        var done: Set<String> = []
        var waiting = draft.nodes
        while let next = waiting.firstIndex(where: { isFree($0, after: done) }) {
            let node = waiting.remove(at: next)
            done.insert(node.id)
            sorted.append(node)
        }
        if !waiting.isEmpty {
            let names = waiting.map(\.id).joined(separator: ", ")
            reader.fault("pipeline", "nodes", found: "a cycle among \(names)", expected: "no cycle")
        }
        return sorted
    }

    private func isFree(_ node: GraphDraft.Node, after done: Set<String>) -> Bool {
        node.sources.values.allSatisfy {
            guard case .port(let parent, _) = $0, nodes[parent] != nil else { return true }
            return done.contains(parent)
        }
    }
}
