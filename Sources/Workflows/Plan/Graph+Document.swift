import Documents
import Foundation

extension Graph {
    /// The graph as a document of the format `sgs-graph/2`, always with the same bytes; reading
    /// it gives the same graph.
    ///
    /// Pipelines of a library are bodies in it, and what is set by default is left out.
    public var document: String {
        let writer = GraphWriter(self)
        return writer.document.canonical
    }

    /// The same in lines for people.
    public var documentInLines: String { GraphWriter(self).document.inLines + "\n" }

    /// The graph in lines, with everything that holds for it, set by default or not; reading it
    /// gives the same graph.
    public var wholeDocument: String { GraphWriter(self, isWhole: true).document.inLines + "\n" }

    /// Reads what `document` wrote, however large it is.
    ///
    /// - Throws: `WorkflowError` with all faults of the document.
    public init(document: String, file: String) throws(WorkflowError) {
        self = try GraphReader.read(
            Data(document.utf8), file: file, library: [:], mostBytes: .max)
    }
}

/// Writes a graph as a document.
private struct GraphWriter {
    let graph: Graph
    /// Whether what is set by default is written, too.
    let isWhole: Bool
    /// Of executables of one name that differ, the first has its place in the document's table;
    /// the others are written where they are used.
    private var executables: [String: Executable] = [:]

    init(_ graph: Graph, isWhole: Bool = false) {
        self.graph = graph
        self.isWhole = isWhole
        collect(graph.body)
        if let final = graph.final { collect(final.node) }
    }

    private mutating func collect(_ body: GraphBody) {
        for node in body.nodes { collect(node) }
    }

    private mutating func collect(_ node: Node) {
        if let body = node.kind.body { collect(body) }
        if let executable = node.executable, executables[executable.name] == nil {
            executables[executable.name] = executable
        }
    }

    var document: JSONValue {
        let nodes = graph.body.nodes.map { self.node($0) }
        let final = graph.final.map { [self.node($0.node, whenRun: $0.whenRun)] } ?? []
        return .fields([
            "format": .text(GraphDraft.Format.second.rawValue),
            "name": .text(graph.name),
            "inputs": list(graph.inputs.map(input)),
            "executables": list(
                executables.sorted { $0.key < $1.key }.map { executable($0.value) }),
            "categories": graph.categories.isEmpty
                ? nil : .object(graph.categories.mapValues(JSONValue.integer)),
            "tolerance": graph.tolerance == .none && !isWhole ? nil : tolerance(graph.tolerance),
            "nodes": .list(nodes + final),
            "outputs": list(
                graph.outputs.map {
                    output(BodyOutput(name: $0.name, node: $0.node, port: $0.port))
                }
            ),
        ])
    }

    private func list(_ values: [JSONValue]) -> JSONValue? {
        values.isEmpty ? nil : .list(values)
    }

    private func input(_ input: GraphInput) -> JSONValue {
        .fields([
            "name": .text(input.name), "content_type": content(input.content),
            "kind": .text(input.kind),
            "product": input.product == input.name ? nil : .text(input.product),
        ])
    }

    private func content(_ content: PortContent) -> JSONValue? {
        content == .file ? nil : .text(content.rawValue)
    }

    private func output(_ output: BodyOutput) -> JSONValue {
        .fields([
            "name": output.name == output.port ? nil : .text(output.name),
            "node": .text(output.node), "port": .text(output.port),
        ])
    }

    private func executable(_ executable: Executable) -> JSONValue {
        let inputs = executable.inputs.map(\.name)
        return .fields([
            "name": .text(executable.name),
            "command": executable.command == executable.name ? nil : .text(executable.command),
            "arguments": executable.arguments.isEmpty ? nil : .list(executable.arguments),
            "inputs": list(
                executable.inputs.map {
                    .fields(["name": .text($0.name), "content_type": content($0.content)])
                }),
            "outputs": list(
                executable.outputs.map {
                    .fields([
                        "name": .text($0.name), "mime_type": .text($0.mime),
                        "content_type": content($0.content),
                        "lineage": $0.lineage == inputs ? nil : .list($0.lineage),
                    ])
                }),
            "resources": executable.resources == Resources() && !isWhole
                ? nil : resources(executable.resources),
        ])
    }

    private func resources(_ resources: Resources) -> JSONValue {
        .fields([
            "cores": .integer(resources.cores), "ram_MiB": .integer(resources.memory),
            "vms_MiB": resources.virtualMemory.map { .integer($0) },
            "walltime_s": .real(resources.walltime),
            "tmp_MiB": resources.temporary.map { .integer($0) },
            "gpus": resources.gpus == 0 ? nil : .integer(resources.gpus),
        ])
    }

    private func node(_ node: Node, whenRun: FinalNode.WhenRun? = nil) -> JSONValue {
        var kind = whenRun == nil ? "exec" : "final"
        var executable: JSONValue?
        var over: JSONValue?
        switch node.kind {
        case .exec(let used):
            executable = executables[used.name] == used ? .text(used.name) : self.executable(used)
        case .parallel(_, let port):
            kind = "parallel"
            over = .text(port)
        case .nested: kind = "nested"
        case .group: kind = "group"
        }
        return .fields([
            "id": .text(node.id), "kind": .text(kind), "executable": executable, "over": over,
            "body": node.kind.body.map { body($0) },
            "in": node.sources.isEmpty ? nil : .object(node.sources.mapValues { source($0) }),
            "after": node.after.isEmpty ? nil : .list(node.after),
            "trigger": node.trigger == .allSucceeded && (!isWhole || whenRun != nil)
                ? nil : .text(node.trigger.rawValue),
            "policy": node.policy == NodePolicy() && !isWhole ? nil : policy(node.policy),
            "resources_from": node.resourcesFrom.map { source($0) },
            "when_run": whenRun.map { .text($0.rawValue) },
        ])
    }

    private func body(_ body: GraphBody) -> JSONValue {
        .fields([
            "nodes": .list(body.nodes.map { node($0) }), "outputs": list(body.outputs.map(output)),
        ])
    }

    private func source(_ source: PortSource) -> JSONValue {
        switch source {
        case .input(let name): .fields(["input": .text(name)])
        case .port(let node, let port): .fields(["node": .text(node), "port": .text(port)])
        }
    }

    private func policy(_ policy: NodePolicy) -> JSONValue {
        let standard = NodePolicy()
        /// A number that differs from the standard one.
        func own(_ number: Int, _ standard: Int) -> JSONValue? {
            number == standard && !isWhole ? nil : .integer(number)
        }
        let grows =
            isWhole || policy.memoryMultiplier != standard.memoryMultiplier
            || policy.memoryCap != nil
        let waits =
            isWhole || policy.wait != standard.wait || policy.waitFactor != standard.waitFactor
        let codes = policy.abortCodes.map { ("\($0.key)", JSONValue.integer($0.value)) }
        return .fields([
            "attempts": own(policy.attempts, standard.attempts),
            "final_codes": policy.finalCodes.isEmpty && !isWhole
                ? nil : .list(policy.finalCodes.map(JSONValue.integer)),
            "losses": own(policy.losses, standard.losses),
            "memory": grows
                ? .fields([
                    "multiplier": .real(policy.memoryMultiplier),
                    "cap_MiB": policy.memoryCap.map { .integer($0) },
                ]) : nil,
            "wait": waits
                ? .fields(["initial_s": .real(policy.wait), "factor": .real(policy.waitFactor)])
                : nil,
            "abort_codes": codes.isEmpty && !isWhole
                ? nil : .object(Dictionary(codes) { first, _ in first }),
            "category": policy.category.isEmpty ? nil : .text(policy.category),
            "tolerance": policy.tolerance == .none && !isWhole ? nil : tolerance(policy.tolerance),
            "priority": own(policy.priority, standard.priority),
            "scouts": policy.scoutGroup == .category
                ? .fields(["count": .integer(policy.scouts), "by": .text("category")])
                : own(policy.scouts, standard.scouts),
            "cluster": policy.cluster.map(\.document),
        ])
    }

    /// A part as the percentage that reads back as it.
    private func tolerance(_ tolerance: Tolerance) -> JSONValue {
        switch tolerance {
        case .count(let count): return .integer(count)
        case .part(let part):
            let percent = part * 100
            let tried = [
                (percent * 1e9).rounded() / 1e9, percent, percent.nextDown, percent.nextUp,
                percent.nextDown.nextDown, percent.nextUp.nextUp,
            ]
            let exact = tried.first { $0 / 100 == part } ?? percent
            return .text("\(JSONText.digits(of: exact)) %")
        }
    }
}

extension ClusterTerms {
    /// As a document has them: `20`, or an object.
    var document: JSONValue {
        if self == ClusterTerms(size: size) { return .integer(size) }
        return .fields([
            "size": .integer(size), "walltime_s": walltime.map { .real($0) },
            "by": by.isEmpty ? nil : .text(by), "clusters": clusters.map { .integer($0) },
        ])
    }
}
