extension GraphAssembly {
    /// What a source holds; `nil` where it is unknown, or at fault, which the log is told.
    ///
    /// - Parameter isLookedUp: whether an unknown node has been told already, as those of nodes
    ///   are when they are put into their order.
    mutating func content(
        _ source: Marked<PortSource>, _ scope: Scope, isLookedUp: Bool = true
    ) -> PortContent? {
        switch source.value {
        case .input(let name):
            if let content = scope.inputs[name] { return content }
            faults.add(
                at: source.mark, field: source.path, found: "input \"\(name)\"",
                expected: one(
                    of: scope.inputs.keys, else: "a node's port, for there are no inputs"))
            return nil
        case .port(let node, let name):
            guard let known = scope.outputs[node] else {
                if isLookedUp { return nil }
                faults.add(
                    at: source.mark, field: source.path, found: "node \"\(node)\"",
                    expected: "a node of the same body")
                return nil
            }
            guard let ports = known else { return nil }
            if let content = ports[name] { return content }
            faults.add(
                at: source.mark, field: source.path, found: "port \"\(name)\" of \(node)",
                expected: one(of: ports.keys, else: "a node with outputs"))
            return nil
        }
    }

    /// The names that one could be, as a fault's expectation; `none` where there are none.
    func one(of names: some Collection<String>, else none: String) -> String {
        if names.isEmpty { return none }
        // Many faults about many names must not take long to tell.
        if names.count > 100 { return "one of \(names.count) names" }
        let shown = names.sorted().prefix(20).joined(separator: ", ")
        return "one of: \(shown)\(names.count > 20 ? ", ..." : "")"
    }

    /// Notes a source of other content than a port has.
    mutating func expect<Value>(
        _ expected: PortContent, _ found: PortContent?, _ source: Marked<Value>
    ) {
        guard let found, found != expected else { return }
        faults.add(
            at: source.mark, field: source.path, found: found.words, expected: expected.words)
    }

    /// The contents of a node's ports, as its sources have them.
    mutating func contents(_ draft: NodeDraft, _ scope: Scope) -> Ports {
        var contents: Ports = [:]
        for (port, source) in draft.sources.sorted(by: { $0.key < $1.key }) {
            contents[port] = .some(content(source, scope))
        }
        return contents
    }

    /// Holds a node's sources against the ports of what it runs.
    mutating func check(_ draft: NodeDraft, _ scope: Scope, ports: Ports, of owner: String) {
        let contents = contents(draft, scope)
        check(draft, contents, ports: ports, of: owner)
    }

    /// Holds the contents of a node's sources against the ports of what it runs.
    mutating func check(_ draft: NodeDraft, _ contents: Ports, ports: Ports, of owner: String) {
        for port in ports.keys.sorted() where draft.sources[port] == nil {
            faults.add(
                at: draft.mark, field: "\(draft.path).in",
                found: "no source for port \(port) of \(owner)",
                expected: "one for each port")
        }
        for (name, source) in draft.sources.sorted(by: { $0.key < $1.key }) {
            guard let port = ports[name] else {
                faults.add(
                    at: source.mark, field: source.path,
                    found: "a port that \(owner) does not have",
                    expected: one(of: ports.keys, else: "no ports"))
                continue
            }
            if let port, let found = contents[name] { expect(port, found, source) }
        }
    }
}

extension PortContent {
    /// As a diagnostic says it.
    var words: String {
        switch self {
        case .file: "one file"
        case .listfile: "a list of files"
        }
    }
}
