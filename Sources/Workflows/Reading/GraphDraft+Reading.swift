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

    /// Reads a document; what is at fault stays out and is told to the reader.
    init(_ document: DocumentValue, _ reader: inout DocumentReader) {
        guard let any = reader.object(document, "") else { return }
        if any["format"] == nil {
            reader.fault(
                any.mark, "format", found: "nothing",
                expected: "\"\(Format.second.rawValue)\"")
            return
        }
        switch reader.word(any, "format", default: Format.second) {
        case .first: readFirst(document, &reader)
        case .second: readSecond(document, &reader)
        }
    }

    private mutating func readFirst(_ document: DocumentValue, _ reader: inout DocumentReader) {
        let known = ["format", "description", "pipeline", "executables", "policy"]
        guard let root = reader.object(document, "", fields: known) else { return }
        readCommon(root, &reader)
        guard let value = root["pipeline"] else {
            reader.fault(root.mark, "pipeline", found: "nothing", expected: "an object")
            return
        }
        let parts = ["name", "inputs", "nodes", "outputs"]
        guard let pipeline = reader.object(value, "pipeline", fields: parts) else { return }
        readPipeline(pipeline, &reader)
        for node in body.nodes {
            switch node.kind {
            case .exec, .faulty: break
            default:
                reader.fault(
                    node.mark, "\(node.path).kind", found: "a kind of a later format",
                    expected: "\"exec\", or the format \"\(Format.second.rawValue)\"")
            }
        }
    }

    private mutating func readSecond(_ document: DocumentValue, _ reader: inout DocumentReader) {
        let known = [
            "$schema", "format", "description", "name", "inputs", "executables", "policy",
            "categories", "tolerance", "nodes", "outputs",
        ]
        guard let root = reader.object(document, "", fields: known) else { return }
        readCommon(root, &reader)
        tolerance = reader.tolerance(root, default: .none)
        if let value = root["categories"], let limits = reader.object(value, "categories") {
            readCategories(limits, &reader)
        }
        readPipeline(root, &reader)
    }

    private mutating func readCategories(_ limits: DocumentObject, _ reader: inout DocumentReader) {
        if limits.fields.count > 1000 {
            reader.fault(
                limits.mark, limits.path, found: "\(limits.fields.count) categories",
                expected: "at most 1000")
            return
        }
        for field in limits.fields {
            if !PlainName.isPlain(field.name) {
                reader.fault(
                    field.mark, limits.path, found: DocumentValue.quoted(field.name),
                    expected: PlainName.rule)
            }
            categories[field.name] = reader.count(limits, field.name, 0...1_000_000, default: 0)
        }
    }

    private mutating func readCommon(_ root: DocumentObject, _ reader: inout DocumentReader) {
        if let value = root["policy"] { policy = reader.policy(value, "policy", over: policy) }
        for (index, value) in reader.list(root, "executables").enumerated() {
            readExecutable(value, "executables[\(index)]", &reader)
        }
    }

    private mutating func readPipeline(_ object: DocumentObject, _ reader: inout DocumentReader) {
        name = reader.name(object, "name")
        inputs = reader.list(object, "inputs").enumerated().compactMap {
            reader.graphInput($1, "\(object.path("inputs"))[\($0)]")
        }
        body = reader.body(object, policy: policy, depth: 1)
        for (count, field) in [(inputs.count, "inputs"), (body.outputs.count, "outputs")]
        where count > 1000 {
            reader.fault(
                object.mark(field), object.path(field), found: "\(count) \(field)",
                expected: "at most 1000")
        }
    }
}

extension DocumentReader {
    fileprivate mutating func graphInput(_ value: DocumentValue, _ path: String)
        -> Marked<GraphInput>?
    {
        let known = ["name", "content_type", "kind", "product"]
        guard let object = object(value, path, fields: known), let name = name(object, "name")
        else { return nil }
        let kind = word(object, "kind", default: ItemKind.observation)
        let product = self.name(object, "product", optional: true)?.value ?? name.value
        return Marked(
            value: GraphInput(
                name: name.value, content: word(object, "content_type", default: .file),
                kind: kind.rawValue, product: product),
            mark: name.mark, path: name.path)
    }

    /// The nodes and outputs of a graph or of a node.
    mutating func body(_ object: DocumentObject, policy: NodePolicy, depth: Int)
        -> GraphDraft.Body
    {
        let nodes = list(object, "nodes", required: true)
        if nodes.isEmpty, let value = object["nodes"] {
            fault(value, object.path("nodes"), expected: "at least one node")
        }
        return GraphDraft.Body(
            nodes: nodes.enumerated().map { index, value in
                node(value, "\(object.path("nodes"))[\(index)]", policy: policy, depth: depth)
            },
            outputs: list(object, "outputs").enumerated().compactMap { index, value in
                bodyOutput(value, "\(object.path("outputs"))[\(index)]")
            })
    }

    private mutating func bodyOutput(_ value: DocumentValue, _ path: String)
        -> Marked<BodyOutput>?
    {
        guard let object = object(value, path, fields: ["name", "node", "port"]) else {
            return nil
        }
        let node = name(object, "node")
        let port = name(object, "port")
        let name = self.name(object, "name", optional: true)
        guard let node, let port, object["name"] == nil || name != nil else { return nil }
        return Marked(
            value: BodyOutput(
                name: name?.value ?? port.value, node: node.value, port: port.value),
            mark: object.mark, path: path)
    }
}
