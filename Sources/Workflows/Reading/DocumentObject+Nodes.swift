import Documents

extension DocumentObject {
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

    /// The nodes of the list below a key, whatever is at fault with them.
    func nodes(_ key: String, policy: NodePolicy, depth: Int) -> [NodeDraft] {
        let list = path(key)
        return self.list(key, required: true).enumerated().map { index, value in
            let place = "\(list)[\(index)]"
            guard let unnamed = object(value, at: place) else {
                return NodeDraft(faulty: "", at: value.mark, path: place)
            }
            let id = unnamed.name("id")
            let node = unnamed.at(id.map { "\(list).\($0.value)" } ?? place)
            return node.node(id, policy: policy, depth: depth)
        }
    }

    private func node(_ id: Marked<String>?, policy: NodePolicy, depth: Int) -> NodeDraft {
        let mark = id?.mark ?? mark
        let word = text("kind", expected: Self.kinds)
        guard let word, let kind = Kind(rawValue: word) else {
            if word != nil { fault("kind", expected: Self.kinds) }
            return NodeDraft(faulty: id?.value ?? "", at: mark, path: path)
        }
        check(keys: ["id", "kind"] + kind.fields, of: " of \(word)")
        return NodeDraft(
            id: id?.value ?? "", mark: mark, path: path,
            kind: self.kind(kind, policy: policy, depth: depth), sources: sources(),
            after: names("after"),
            trigger: choice("trigger", default: Node.Trigger.allSucceeded) ?? .allSucceeded,
            policy: object("policy", required: false)?.policy(over: policy) ?? policy,
            resources: object("resources", required: false)?.resources() ?? ResourcesDraft(),
            resourcesFrom: value("resources_from").flatMap {
                source($0, at: path("resources_from"))
            })
    }

    private static var kinds: String {
        "one of: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))"
    }

    private func kind(_ kind: Kind, policy: NodePolicy, depth: Int) -> NodeDraft.Kind {
        switch kind {
        case .exec: return program().map { .exec($0) } ?? .faulty
        case .group: return .group
        case .nested: return inside(policy: policy, depth: depth).map { .nested($0) } ?? .faulty
        case .parallel:
            let over = name("over")
            let inside = inside(policy: policy, depth: depth)
            guard let over, let inside else { return .faulty }
            return .parallel(inside, over: over)
        case .macro:
            let stages = names("stages")
            if stages.isEmpty {
                fault(
                    "stages", found: "no stages",
                    expected: "the names of at least one pipeline")
                return .faulty
            }
            if stages.count > 1000 {
                fault("stages", found: "\(stages.count) stages", expected: "at most 1000")
                return .faulty
            }
            return .macro(stages)
        case .final:
            let whenRun = choice("when_run", default: FinalNode.WhenRun.always) ?? .always
            return program().map { .final($0, whenRun) } ?? .faulty
        }
    }

    private func program() -> NodeDraft.Program? {
        if let value = value("executable"), value.fields != nil {
            let before = faults.count
            let executable = object(value, at: path("executable"))?.executable()
            return .own(faults.count == before ? executable?.value : nil)
        }
        return name("executable").map { .named($0) }
    }

    private func inside(policy: NodePolicy, depth: Int) -> GraphDraft.Inside? {
        switch (value("body"), has("pipeline")) {
        case (let value?, false):
            guard depth < GraphDraft.deepest else {
                fault(
                    "body", found: "nodes nested deeper than \(GraphDraft.deepest) levels",
                    expected: "at most \(GraphDraft.deepest) levels")
                return nil
            }
            guard let body = object(value, at: path("body")) else { return nil }
            body.check(keys: ["nodes", "outputs"])
            return .body(body.body(policy: policy, depth: depth + 1))
        case (nil, true): return name("pipeline").map { .pipeline($0) }
        case (let value, _):
            faults.add(
                at: mark, field: path, found: value == nil ? "neither" : "both",
                expected: "either body or pipeline")
            return nil
        }
    }

    private func sources() -> [String: Marked<PortSource>] {
        guard let ports = object("in", required: false) else { return [:] }
        var sources: [String: Marked<PortSource>] = [:]
        for field in ports.fields {
            guard PlainName.isPlain(field.name) else {
                faults.add(
                    at: field.mark, field: ports.path, found: PlainText.quoted(field.name),
                    expected: PlainName.rule)
                continue
            }
            sources[field.name] = source(field.value, at: ports.path(field.name))
        }
        return sources
    }

    private func source(_ value: DocumentValue, at path: String) -> Marked<PortSource>? {
        guard let object = object(value, at: path) else { return nil }
        object.check(keys: ["input", "node", "port"])
        if object.has("input") {
            for other in ["node", "port"] where object.has(other) {
                object.fault(
                    other, found: "\(other) beside input",
                    expected: "either input, or node and port")
            }
            return object.name("input").map {
                Marked(value: .input($0.value), mark: value.mark, path: path)
            }
        }
        let node = object.name("node")
        let port = object.name("port")
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
