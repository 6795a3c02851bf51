extension DocumentReader {
    /// The kinds of nodes, as documents name them.
    private enum Kind: String, CaseIterable {
        case exec, parallel, nested, macro, group, final

        /// The fields that are read, besides `id` and `kind`.
        var fields: [String] {
            let waiting = ["after", "trigger", "policy"]
            return switch self {
            case .exec: ["executable", "in", "resources", "resources_from"] + waiting
            case .parallel: ["over", "in", "body", "pipeline"] + waiting
            case .nested: ["in", "body", "pipeline"] + waiting
            case .macro: ["in", "stages"] + waiting
            case .group: waiting
            case .final: ["executable", "in", "resources", "when_run", "policy"]
            }
        }
    }

    /// A node, whatever is at fault with it.
    mutating func node(_ value: DocumentValue, _ place: String, policy: NodePolicy, depth: Int)
        -> NodeDraft
    {
        guard let unnamed = object(value, place) else {
            return NodeDraft(faulty: "", at: value.mark, path: place)
        }
        let id = name(unnamed, "id")
        let path = id.map { "\(place.prefixOfList).\($0.value)" } ?? place
        let object = DocumentObject(mark: unnamed.mark, path: path, fields: unnamed.fields)
        let mark = id?.mark ?? object.mark
        guard let word = text(object, "kind", expected: Self.kinds) else {
            return NodeDraft(faulty: id?.value ?? "", at: mark, path: path)
        }
        guard let kind = Kind(rawValue: word.value) else {
            fault(
                word.mark, word.path, found: DocumentValue.quoted(word.value),
                expected: Self.kinds)
            return NodeDraft(faulty: id?.value ?? "", at: mark, path: path)
        }
        let known = ["id", "kind"] + kind.fields
        for field in object.fields where !known.contains(field.name) {
            fault(
                field.mark, object.path(field.name), found: "an unknown field of \(word.value)",
                expected: "one of: \(known.joined(separator: ", "))")
        }
        return NodeDraft(
            id: id?.value ?? "", mark: mark, path: path,
            kind: self.kind(kind, object, policy: policy, depth: depth),
            sources: sources(object), after: names(object, "after"),
            trigger: self.word(object, "trigger", default: .allSucceeded),
            policy: object["policy"].map {
                self.policy($0, object.path("policy"), over: policy)
            } ?? policy,
            resources: object["resources"].map { resources($0, object.path("resources")) }
                ?? ResourcesDraft(),
            resourcesFrom: object["resources_from"].flatMap {
                source($0, object.path("resources_from"))
            })
    }

    private static var kinds: String {
        "one of: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))"
    }

    private mutating func kind(
        _ kind: Kind, _ object: DocumentObject, policy: NodePolicy, depth: Int
    ) -> NodeDraft.Kind {
        switch kind {
        case .exec: return program(object).map { .exec($0) } ?? .faulty
        case .group: return .group
        case .nested:
            return inside(object, policy: policy, depth: depth).map { .nested($0) } ?? .faulty
        case .parallel:
            let over = name(object, "over")
            let inside = inside(object, policy: policy, depth: depth)
            guard let over, let inside else { return .faulty }
            return .parallel(inside, over: over)
        case .macro:
            let stages = names(object, "stages")
            if stages.isEmpty {
                fault(
                    object.mark("stages"), object.path("stages"), found: "no stages",
                    expected: "the names of at least one pipeline")
                return .faulty
            }
            if stages.count > 1000 {
                fault(
                    object.mark("stages"), object.path("stages"),
                    found: "\(stages.count) stages", expected: "at most 1000")
                return .faulty
            }
            return .macro(stages)
        case .final:
            let whenRun = word(object, "when_run", default: FinalNode.WhenRun.always)
            return program(object).map { .final($0, whenRun) } ?? .faulty
        }
    }

    private mutating func program(_ object: DocumentObject) -> NodeDraft.Program? {
        if let value = object["executable"], case .object = value.content {
            let before = count
            let executable = self.executable(value, object.path("executable"))
            return .own(count == before ? executable?.value : nil)
        }
        return name(object, "executable").map { .named($0) }
    }

    private mutating func inside(_ object: DocumentObject, policy: NodePolicy, depth: Int)
        -> GraphDraft.Inside?
    {
        if let value = object["body"], object["pipeline"] == nil {
            guard depth < GraphDraft.deepest else {
                fault(
                    value.mark, object.path("body"),
                    found: "nodes nested deeper than \(GraphDraft.deepest) levels",
                    expected: "at most \(GraphDraft.deepest) levels")
                return nil
            }
            return self.object(value, object.path("body"), fields: ["nodes", "outputs"])
                .map { .body(body($0, policy: policy, depth: depth + 1)) }
        }
        if object["pipeline"] != nil, object["body"] == nil {
            return name(object, "pipeline").map { .pipeline($0) }
        }
        fault(
            object.mark, object.path, found: object["body"] == nil ? "neither" : "both",
            expected: "either body or pipeline")
        return nil
    }

    private mutating func sources(_ object: DocumentObject) -> [String: Marked<PortSource>] {
        guard let value = object["in"], let ports = self.object(value, object.path("in")) else {
            return [:]
        }
        var sources: [String: Marked<PortSource>] = [:]
        for field in ports.fields {
            guard PlainName.isPlain(field.name) else {
                fault(
                    field.mark, ports.path, found: DocumentValue.quoted(field.name),
                    expected: PlainName.rule)
                continue
            }
            sources[field.name] = source(field.value, ports.path(field.name))
        }
        return sources
    }

    private mutating func source(_ value: DocumentValue, _ path: String) -> Marked<PortSource>? {
        guard let object = object(value, path, fields: ["input", "node", "port"]) else {
            return nil
        }
        if object["input"] != nil {
            for other in ["node", "port"] where object[other] != nil {
                fault(
                    object.mark(other), object.path(other), found: "\(other) beside input",
                    expected: "either input, or node and port")
            }
            return name(object, "input").map {
                Marked(value: .input($0.value), mark: value.mark, path: path)
            }
        }
        let node = name(object, "node")
        let port = name(object, "port")
        guard let node, let port else { return nil }
        return Marked(
            value: .port(node: node.value, port: port.value), mark: value.mark, path: path)
    }
}

extension NodeDraft {
    fileprivate init(faulty id: String, at mark: TextMark, path: String) {
        self.init(
            id: id, mark: mark, path: path, kind: .faulty, sources: [:], after: [],
            trigger: .allSucceeded, policy: NodePolicy(), resources: ResourcesDraft(),
            resourcesFrom: nil)
    }
}

extension String {
    /// `nodes` of `nodes[3]`.
    fileprivate var prefixOfList: Substring {
        lastIndex(of: "[").map { self[..<$0] } ?? self[...]
    }
}
