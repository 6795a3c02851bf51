import Documents

/// Reads processes from their files, and those that they run, each once.
final class ProcessReader {
    /// What a process takes from the document that it is in.
    struct Context {
        /// `nil` where the document names none that is known.
        let version: CWLVersion
        let namespaces: Namespaces
        let formats: FormatOntology
    }

    let files: DocumentFiles
    let faults: DocumentFaults
    private var contexts: [String: Context] = [:]
    private var known: [String: Process] = [:]
    /// The processes that are being read, outermost first.
    private var open: [String] = []

    init(faults: DocumentFaults) {
        self.faults = faults
        files = DocumentFiles(faults: faults)
    }

    /// The process that a reference names: a file, one of a file's processes after `#`, or one of
    /// the same file.
    ///
    /// - Parameter place: where it is written.
    func process(_ reference: String, from place: Node.Place) -> Process? {
        let parts = Identifier.parts(reference)
        if parts.file.isEmpty { return process(of: place.file, parts.fragment, from: place) }
        let folder = FileLocation.folder(ofPath: place.file)
        guard let path = FileLocation.path(ofReference: parts.file, in: folder) else {
            faults.addUnsupported("\(reference): not a file of this machine", at: place)
            return nil
        }
        return process(of: path, parts.fragment, from: place)
    }

    /// A process of a file; `nil` with a fault.
    func process(of path: String, _ fragment: String?, from place: Node.Place?) -> Process? {
        guard let root = files.root(of: path, from: place),
            let node = node(in: root, fragment, from: place)
        else { return nil }
        let key = "\(path)#\(node.place.mark.line):\(node.place.mark.column)"
        if let process = known[key] { return process }
        guard !open.contains(key) else {
            faults.add(
                at: place ?? node.place, found: "a process that runs itself: \(path)",
                expected: "no such circle")
            return nil
        }
        guard let context = context(of: root) else { return nil }
        open.append(key)
        defer { open.removeLast() }
        let types = TypeReader(
            version: context.version, namespaces: context.namespaces, names: [:], faults: faults)
        let process = read(node, in: context, types: types)
        known[key] = process
        return process
    }

    /// A process within another's step.
    func embedded(_ node: Node, in context: Context, types: TypeReader) -> Process? {
        guard open.count < 100 else {
            faults.add(node, field: "run", expected: "fewer than 100 processes in one another")
            return nil
        }
        open.append("")
        defer { open.removeLast() }
        let inner = TypeReader(
            version: context.version, namespaces: context.namespaces, names: types.names,
            faults: faults)
        return read(node, in: context, types: inner)
    }

    // MARK: - Documents

    private func context(of root: Node) -> Context? {
        if let context = contexts[root.place.file] { return context }
        let versions =
            root["cwlVersion"].map { [$0] }
            ?? (root["$graph"] ?? root).elements?.compactMap { $0["cwlVersion"] } ?? []
        guard let node = versions.first else {
            faults.add(
                at: root.place, field: "cwlVersion", found: "nothing",
                expected: "v1.0, v1.1 or v1.2")
            return nil
        }
        guard let version = node.text.flatMap(CWLVersion.init) else {
            faults.add(node, field: "cwlVersion", expected: "v1.0, v1.1 or v1.2")
            return nil
        }
        let folder = FileLocation.folder(ofPath: root.place.file)
        let schemas = (root["$schemas"]?.asList ?? []).compactMap(\.text).compactMap {
            FileLocation.path(ofReference: $0, in: folder)
        }
        let context = Context(
            version: version, namespaces: Namespaces(root["$namespaces"]),
            formats: FormatOntology(files: schemas))
        contexts[root.place.file] = context
        return context
    }

    private func node(in root: Node, _ fragment: String?, from place: Node.Place?) -> Node? {
        let graph = root["$graph"]?.elements ?? root.elements
        guard let fragment else {
            guard let graph else { return root }
            if let main = graph.first(where: { $0["id"]?.text.map(Identifier.fragment) == "main" })
            {
                return main
            }
            if graph.count == 1 { return graph[0] }
            faults.add(
                at: root.place, field: "$graph", found: "no process main", expected: "one, or #NAME"
            )
            return nil
        }
        for node in graph ?? [root] {
            if let found = find(fragment, in: node, depth: 0) { return found }
        }
        faults.add(
            at: place ?? root.place, found: "no process \(fragment) in \(root.place.file)",
            expected: "the identifier of one")
        return nil
    }

    private func find(_ fragment: String, in node: Node, depth: Int) -> Node? {
        if let id = node["id"]?.text, node["class"] != nil,
            Identifier.fragment(id) == fragment || Identifier.short(id) == fragment
        {
            return node
        }
        guard depth < 32 else { return nil }
        for step in ParameterReader.entries(node["steps"], key: "id", short: "run") {
            if let run = step["run"], let found = find(fragment, in: run, depth: depth + 1) {
                return found
            }
        }
        return nil
    }

    // MARK: - Processes

    private func read(_ node: Node, in context: Context, types: TypeReader) -> Process? {
        guard let kind = node["class"]?.text else {
            faults.add(node, field: "class", expected: "a process with its class")
            return nil
        }
        guard ["CommandLineTool", "Workflow", "ExpressionTool", "Operation"].contains(kind),
            kind != "Operation" || context.version >= .v12
        else {
            faults.add(
                at: node.place, field: "class", found: kind,
                expected: "CommandLineTool, Workflow, ExpressionTool or Operation")
            return nil
        }
        KnownFields.check(node, kind, context.version, faults)
        let requirements = RequirementReader(version: context.version, faults: faults)
        for (name, node) in RequirementReader.entries(node["hints"])
            + RequirementReader.entries(node["requirements"])
        where name == "SchemaDefRequirement" {
            types.define(node["types"])
        }
        let own = requirements.requirements(node["requirements"])
        let hints = requirements.hints(node["hints"])
        for field in ["inputs", "outputs"] where node[field] == nil {
            faults.add(
                at: node.place, field: field, found: "nothing", expected: "a list or an object")
        }
        let parameters = Parameters(node, types: types)
        guard let read = self.kind(kind, node, context, types, parameters) else { return nil }
        return Process(
            name: name(node), version: context.version, kind: read.kind, inputs: read.inputs,
            outputs: read.outputs, requirements: own, hints: hints, formats: context.formats,
            expressions: ProcessExpressions.all(of: node), place: node.place)
    }

    private func name(_ node: Node) -> String {
        let file = FileLocation.name(ofPath: node.place.file)
        let id = node["id"]?.text.map(Identifier.short)
        return id.map { $0 == file ? file : "\(file)#\($0)" } ?? file
    }

    /// The inputs and outputs of a process.
    private struct Parameters {
        let inputNodes: [Node]
        let outputNodes: [Node]
        let inputs: [Parameter]
        let outputs: [Parameter]

        /// With `stdin`, `stdout` and `stderr` as types read as files.
        init(_ node: Node, types: TypeReader) {
            let reader = ParameterReader(types: types)
            inputNodes = ParameterReader.entries(node["inputs"], key: "id", short: "type")
            outputNodes = ParameterReader.entries(node["outputs"], key: "id", short: "type")
            let streams: Set<String> = ["stdin", "stdout", "stderr"]
            inputs = reader.parameters(
                inputNodes.map { Self.file($0, for: streams) }, isOutput: false)
            outputs = reader.parameters(
                outputNodes.map { Self.file($0, for: streams) }, isOutput: true)
        }

        private static func file(_ node: Node, for streams: Set<String>) -> Node {
            guard let fields = node.fields, let type = node["type"]?.text, streams.contains(type)
            else { return node }
            return Node(
                content: .object(
                    fields.map { field in
                        guard field.name == "type" else { return field }
                        return Node.Field(
                            name: field.name, place: field.place,
                            value: Node(content: .scalar(.text("File")), place: field.place))
                    }), place: node.place)
        }
    }

    private func kind(
        _ kind: String, _ node: Node, _ context: Context, _ types: TypeReader,
        _ parameters: Parameters
    ) -> (kind: Process.Kind, inputs: [Parameter], outputs: [Parameter])? {
        let (inputs, outputs) = (parameters.inputs, parameters.outputs)
        switch kind {
        case "CommandLineTool":
            let reader = ToolReader(node, types: types)
            let (tool, found) = reader.tool(
                inputs: parameters.inputNodes, outputs: parameters.outputNodes, found: outputs)
            return (.tool(tool), inputs, found)
        case "Workflow":
            let reader = WorkflowReader(processes: self, types: types, context: context)
            guard let (workflow, links) = reader.workflow(node) else { return nil }
            let linked = zip(outputs, parameters.outputNodes).map { output, node in
                var output = output
                output.link = links.link(node, source: "outputSource")
                return output
            }
            return (.workflow(workflow), inputs, linked)
        case "ExpressionTool":
            guard let expression = node["expression"]?.text else {
                faults.add(
                    at: node.place, field: "expression", found: "nothing", expected: "an expression"
                )
                return nil
            }
            return (.expression(expression), inputs, outputs)
        default: return (.operation, inputs, outputs)
        }
    }
}
