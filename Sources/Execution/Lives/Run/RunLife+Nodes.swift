public import Workflows

extension RunLife {
    /// The node that a payload is the life of.
    public func node(_ number: Int) -> Node {
        if let siblings = siblings(of: number) { return siblings.body.nodes[siblings.place] }
        guard let final = graph.final else { preconditionFailure("payload \(number) has no node") }
        return final.node
    }

    /// Its place in the run, as a file's name: `correct.iterations.3.flat`, `outer.inner`.
    public func path(_ number: Int) -> String {
        var parts: [String] = []
        var next: Int? = number
        while let number = next {
            parts.append(node(number).id)
            if let segment = segment(of: number), let siblings = siblings(of: number) {
                if isParallel(segment.container) {
                    parts += [String(siblings.iteration), "iterations"]
                }
                next = segment.container
            } else {
                next = nil
            }
        }
        return parts.reversed().joined(separator: ".")
    }

    /// The payload at this place, of those that there are now.
    public func number(path: String) -> Int? {
        var parts = path.split(separator: ".", omittingEmptySubsequences: false)[...]
        guard let first = parts.popFirst(), var number = rootNumber(String(first)) else {
            return nil
        }
        while !parts.isEmpty {
            guard let index = containerIndex(of: number) else { return nil }
            let container = containers[index]
            var iteration = 0
            if isParallel(number) {
                guard parts.popFirst() == "iterations", let text = parts.popFirst(),
                    let value = Int(text), String(value) == text
                else { return nil }
                iteration = value
            }
            guard let name = parts.popFirst(),
                let part = part(of: container, iteration: iteration, node: String(name))
            else { return nil }
            number = part
        }
        return number
    }

    private func rootNumber(_ name: String) -> Int? {
        if let final = graph.final, final.node.id == name { return finalNumber }
        return graph.body.place(of: name)
    }

    func part(of container: Container, iteration: Int, node: String) -> Int? {
        guard container.isOpen, iteration >= 0, iteration < container.iterations else { return nil }
        for index in container.segments {
            let segment = segments[index]
            let offset = iteration - segment.firstIteration
            guard offset >= 0, offset < segment.iterations else { continue }
            return segment.body.place(of: node).map {
                segment.base + offset * segment.body.nodes.count + $0
            }
        }
        return nil
    }

    func isParallel(_ number: Int) -> Bool {
        if case .parallel = node(number).kind { true } else { false }
    }

    /// Whether it is a process of its own.
    public func isProcess(_ number: Int) -> Bool { node(number).executable != nil }

    /// Whether an operator wants it done again, or what holds it.
    func isAnew(_ number: Int) -> Bool {
        var next: Int? = number
        while let number = next {
            if lives[number].isAnew { return true }
            next = container(of: number)
        }
        return false
    }

    /// The payloads beside it that it waits for.
    public func unfinishedParents(of number: Int) -> [Int] {
        guard let siblings = siblings(of: number) else { return [] }
        return siblings.body.nodes[siblings.place].parents.compactMap { name in
            siblings.body.place(of: name).map { siblings.base + $0 }
        }.filter { !lives[$0].state.isFinal }.sorted()
    }

    /// Whether what it asked for from inside has ended, and it runs again to finish.
    public func isEpilog(_ number: Int) -> Bool {
        containerIndex(of: number).map { containers[$0].isOpen && containers[$0].subjobs != nil }
            ?? false
    }

    /// Whether its declared outputs must be there when the present attempt ends: not where it
    /// has asked for payloads, whose ends it will look at in its epilog.
    public func owesOutputs(_ number: Int) -> Bool { lives[number].asked == nil }

    /// What its next attempt is to be given; `nil` where it is no process.
    public func request(_ number: Int) -> Workflows.Resources? {
        guard let executable = node(number).executable else { return nil }
        var resources = executable.resources
        var next: Int? = number
        while let number = next {
            if let corrected = lives[number].resources {
                resources = corrected
                break
            }
            next = container(of: number)
        }
        if let memory = lives[number].memory { resources.memory = memory }
        return resources
    }

    /// How deep it lies: the longest way of nodes from the run's begin to it.
    public func depth(_ number: Int) -> Int {
        var depth = 0
        var next: Int? = number
        while let number = next {
            if let siblings = siblings(of: number) {
                depth += Int((segment(of: number)?.depths ?? rootDepths)[siblings.place])
            }
            next = container(of: number)
            if next != nil { depth += 1 }
        }
        return depth
    }
}

extension GraphBody {
    /// For each node the longest way to it from one that waits for none.
    var depths: [Int32] {
        var depths = nodes.map { _ in Int32(0) }
        for (parent, children) in children.enumerated() {
            for child in children { depths[child] = max(depths[child], depths[parent] + 1) }
        }
        return depths
    }
}
