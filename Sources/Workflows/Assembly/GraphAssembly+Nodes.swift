extension GraphAssembly {
    /// What becomes of a node's draft.
    struct Made {
        let kind: Node.Kind
        let outputs: Ports
        let policy: NodePolicy
        var inside: GraphMeasure?
    }

    /// A node's kind with its programs and bodies; `nil` where something is at fault.
    mutating func made(_ draft: NodeDraft, _ scope: Scope) -> Made? {
        if let source = draft.resourcesFrom {
            let found = content(source, scope)
            expect(.file, found, source)
        }
        switch draft.kind {
        case .exec(let executable): return exec(draft, executable, scope)
        case .group: return Made(kind: .group, outputs: [:], policy: draft.policy)
        case .nested(let inside): return nested(draft, inside, scope)
        case .parallel(let inside, let over): return parallel(draft, inside, over, scope)
        case .macro(let stages): return macro(draft, stages, scope)
        case .final, .faulty: return nil
        }
    }

    mutating func exec(_ draft: NodeDraft, _ program: NodeDraft.Program, _ scope: Scope) -> Made? {
        guard let declared = executable(program) else { return nil }
        let ports = Dictionary(declared.inputs.map { ($0.name, PortContent?.some($0.content)) }) {
            first, _ in first
        }
        check(draft, scope, ports: ports, of: declared.name)
        let outputs = Dictionary(declared.outputs.map { ($0.name, PortContent?.some($0.content)) })
        {
            first, _ in first
        }
        return Made(
            kind: .exec(declared.with(draft.resources.over(declared.resources))),
            outputs: outputs, policy: draft.policy)
    }

    private mutating func executable(_ program: NodeDraft.Program) -> Executable? {
        switch program {
        case .own(let executable): return executable
        case .named(let name):
            if self.draft.faultyExecutables.contains(name.value) { return nil }
            if let executable = executables[name.value] { return executable }
            faults.add(
                at: name.mark, field: name.path, found: "\"\(name.value)\"",
                expected: one(of: executables.keys, else: "an executable of the document"))
            return nil
        }
    }

    private mutating func nested(_ draft: NodeDraft, _ inside: GraphDraft.Inside, _ scope: Scope)
        -> Made?
    {
        switch inside {
        case .body(let body):
            let (body, outputs, measure) = self.body(body, Scope(inputs: contents(draft, scope)))
            return Made(
                kind: .nested(body), outputs: outputs, policy: draft.policy, inside: measure)
        case .pipeline(let name):
            guard let pipeline = pipeline(name) else { return nil }
            check(draft, scope, ports: pipeline.inputs, of: name.value)
            return Made(
                kind: .nested(pipeline.body), outputs: pipeline.outputs,
                policy: draft.policy.tolerating(pipeline.graph.tolerance),
                inside: pipeline.measure)
        }
    }

    private mutating func parallel(
        _ draft: NodeDraft, _ inside: GraphDraft.Inside, _ over: Marked<String>, _ scope: Scope
    ) -> Made? {
        var ports = contents(draft, scope)
        switch ports[over.value] {
        case nil:
            faults.add(
                at: over.mark, field: over.path, found: "\"\(over.value)\"",
                expected: one(of: draft.sources.keys, else: "a port with a source in \"in\""))
            return nil
        case .some(.file):
            faults.add(
                at: over.mark, field: over.path, found: "port \(over.value) of one file",
                expected: "a list of files to run over")
        default: break
        }
        ports[over.value] = .some(.file)
        let body: GraphBody
        let outputs: Ports
        let measure: GraphMeasure
        switch inside {
        case .body(let inner): (body, outputs, measure) = self.body(inner, Scope(inputs: ports))
        case .pipeline(let name):
            guard let pipeline = pipeline(name) else { return nil }
            check(draft, ports, ports: pipeline.inputs, of: name.value)
            (body, outputs, measure) = (pipeline.body, pipeline.outputs, pipeline.measure)
        }
        var lists = outputs.mapValues { $0 == nil ? nil : PortContent.listfile }
        if !lists.isEmpty, lists[GraphBody.tuples] == nil { lists[GraphBody.tuples] = .listfile }
        return Made(
            kind: .parallel(body, over: over.value), outputs: lists,
            policy: draft.policy, inside: measure)
    }

    /// A chain of pipelines: an input of a stage takes the product of its name of the nearest
    /// stage before, else the macro's own input of its name.
    private mutating func macro(_ draft: NodeDraft, _ stages: [Marked<String>], _ scope: Scope)
        -> Made?
    {
        let own = contents(draft, scope)
        var used: Set<String> = []
        var products: [String: (node: String, content: PortContent?)] = [:]
        var nodes: [Node] = []
        var measure = GraphMeasure()
        var isWhole = true
        for stage in stages {
            guard let pipeline = pipeline(stage) else {
                isWhole = false
                continue
            }
            let id = unique(stage.value, among: nodes)
            var sources: [String: PortSource] = [:]
            for input in pipeline.graph.inputs {
                let path = "\(draft.path).in.\(input.name)"
                let found: PortContent?
                if let product = products[input.product] {
                    sources[input.name] = .port(node: product.node, port: input.product)
                    found = product.content
                } else if let content = own[input.name] {
                    sources[input.name] = .input(input.name)
                    used.insert(input.name)
                    found = content
                } else {
                    faults.add(
                        at: stage.mark, field: path,
                        found: "no source for input \(input.name) of stage \(stage.value)",
                        expected: "an output \(input.product) of an earlier stage, or a source")
                    continue
                }
                expect(input.content, found, stage.at(path))
            }
            let kind = Node.Kind.nested(pipeline.body)
            measure.add(id, pipeline.measure, of: kind)
            nodes.append(
                Node(
                    id: id, kind: kind, sources: sources,
                    policy: draft.policy.tolerating(pipeline.graph.tolerance)))
            for (name, content) in pipeline.outputs { products[name] = (id, content) }
        }
        for (name, source) in draft.sources where !used.contains(name) && isWhole {
            faults.add(
                at: source.mark, field: source.path, found: "input \(name)",
                expected: "an input that a stage takes and no earlier stage makes")
        }
        guard isWhole, faults.isEmpty else { return nil }
        let outputs = products.sorted { $0.key < $1.key }.map {
            BodyOutput(name: $0.key, node: $0.value.node, port: $0.key)
        }
        return Made(
            kind: .nested(GraphBody(nodes: nodes, outputs: outputs)),
            outputs: products.mapValues(\.content), policy: draft.policy, inside: measure)
    }

    private func unique(_ stage: String, among nodes: [Node]) -> String {
        var name = stage
        var number = 2
        while nodes.contains(where: { $0.id == name }) {
            name = "\(stage)_\(number)"
            number += 1
        }
        return name
    }

    private mutating func pipeline(_ name: Marked<String>) -> PipelineShelf.Entry? {
        if library.faulty.contains(name.value) { return nil }
        guard let entry = library.entries[name.value] else {
            faults.add(
                at: name.mark, field: name.path, found: "pipeline \"\(name.value)\"",
                expected: one(of: library.entries.keys, else: "a pipeline that is known"))
            return nil
        }
        if used.insert(name.value).inserted {
            categories.merge(entry.graph.categories) { own, _ in own }
        }
        return entry
    }
}

extension Executable {
    fileprivate func with(_ resources: Resources) -> Executable {
        Executable(
            name: name, command: command, arguments: arguments, inputs: inputs, outputs: outputs,
            resources: resources)
    }
}

extension Marked {
    fileprivate func at(_ path: String) -> Marked {
        Marked(value: value, mark: mark, path: path)
    }
}
