import Documents
import GroundSegment

extension GraphDraft {
    /// The two layouts of a document.
    enum Format: String, CaseIterable {
        /// The pipeline's parts in an object of their own, nodes of kind `exec` only.
        case first = "sgs-graph/1"
        case second = "sgs-graph/2"
    }

    /// Bodies within bodies.
    static let deepest = 16

    /// Reads a document; what is at fault stays out and is told to the object's log.
    init(_ root: DocumentObject) {
        guard root.has("format") else {
            root.fault("format", expected: "\"\(Format.second.rawValue)\"")
            return
        }
        switch root.choice("format", default: Format.second) ?? .second {
        case .first: readFirst(root)
        case .second: readSecond(root)
        }
    }

    private mutating func readFirst(_ root: DocumentObject) {
        root.check(keys: ["format", "description", "pipeline", "executables", "policy"])
        readCommon(root)
        guard let pipeline = root.object("pipeline") else { return }
        pipeline.check(keys: ["name", "inputs", "nodes", "outputs"])
        readPipeline(pipeline)
        for node in body.nodes {
            switch node.kind {
            case .exec, .faulty: break
            default:
                root.faults.add(
                    at: node.mark, field: "\(node.path).kind", found: "a kind of a later format",
                    expected: "\"exec\", or the format \"\(Format.second.rawValue)\"")
            }
        }
    }

    private mutating func readSecond(_ root: DocumentObject) {
        root.check(keys: [
            "$schema", "format", "description", "name", "inputs", "executables", "policy",
            "categories", "tolerance", "nodes", "outputs",
        ])
        readCommon(root)
        tolerance = root.tolerance(default: .none)
        if let limits = root.object("categories", required: false) { readCategories(limits) }
        readPipeline(root)
    }

    private mutating func readCategories(_ limits: DocumentObject) {
        if limits.fields.count > 1000 {
            limits.faults.add(
                at: limits.mark, field: limits.path, found: "\(limits.fields.count) categories",
                expected: "at most 1000")
            return
        }
        for field in limits.fields {
            if !PlainName.isPlain(field.name) {
                limits.faults.add(
                    at: field.mark, field: limits.path, found: PlainText.quoted(field.name),
                    expected: PlainName.rule)
            }
            categories[field.name] = limits.optionalCount(field.name, in: 0...1_000_000) ?? 0
        }
    }

    private mutating func readCommon(_ root: DocumentObject) {
        if let object = root.object("policy", required: false) {
            policy = object.policy(over: policy)
        }
        for executable in root.objects("executables") { readExecutable(executable) }
    }

    private mutating func readPipeline(_ object: DocumentObject) {
        name = object.name("name")
        inputs = object.objects("inputs").compactMap { $0.graphInput() }
        body = object.body(policy: policy, depth: 1)
        for (count, key) in [(inputs.count, "inputs"), (body.outputs.count, "outputs")]
        where count > 1000 {
            object.fault(key, found: "\(count) \(key)", expected: "at most 1000")
        }
    }
}

extension DocumentObject {
    fileprivate func graphInput() -> Marked<GraphInput>? {
        check(keys: ["name", "content_type", "kind", "product"])
        guard let name = name("name") else { return nil }
        let kind = choice("kind", default: ItemKind.observation) ?? .observation
        let product = self.name("product", optional: true)?.value ?? name.value
        return Marked(
            value: GraphInput(
                name: name.value, content: contentType(), kind: kind.rawValue, product: product),
            mark: name.mark, path: name.path)
    }

    /// The nodes and outputs of a graph or of a node.
    func body(policy: NodePolicy, depth: Int) -> GraphDraft.Body {
        let nodes = nodes("nodes", policy: policy, depth: depth)
        if nodes.isEmpty, has("nodes") { fault("nodes", expected: "at least one node") }
        return GraphDraft.Body(
            nodes: nodes, outputs: objects("outputs").compactMap { $0.bodyOutput() })
    }

    private func bodyOutput() -> Marked<BodyOutput>? {
        check(keys: ["name", "node", "port"])
        let node = name("node")
        let port = name("port")
        let name = self.name("name", optional: true)
        guard let node, let port, !has("name") || name != nil else { return nil }
        return Marked(
            value: BodyOutput(
                name: name?.value ?? port.value, node: node.value, port: port.value),
            mark: mark, path: path)
    }
}
