public import Workflows

extension RunLife {
    /// Where the files of an input port of a payload come from.
    public func files(of number: Int, port: String) -> PortFiles {
        guard let source = node(number).sources[port] else { return .absent }
        return files(source, beside: number)
    }

    /// Where the JSON with a payload's resources comes from; `nil` where it has none.
    public func resourcesFile(of number: Int) -> PortFiles? {
        node(number).resourcesFrom.map { files($0, beside: number) }
    }

    /// Where the list of a parallel node comes from; `nil` for another kind.
    public func list(of number: Int) -> PortFiles? {
        guard case .parallel(_, let over) = node(number).kind else { return nil }
        return files(of: number, port: over)
    }

    /// Where one of the graph's outputs comes from.
    public func files(of output: GraphOutput) -> PortFiles {
        graph.body.place(of: output.node).map { files(madeBy: $0, port: output.port) } ?? .absent
    }

    private func files(_ source: Workflows.PortSource, beside number: Int) -> PortFiles {
        switch source {
        case .input(let name):
            guard let holder = container(of: number) else { return .input(name) }
            if case .parallel(_, name) = node(holder).kind, let siblings = siblings(of: number) {
                return .element(container: holder, index: siblings.iteration)
            }
            return files(of: holder, port: name)
        case .port(let name, let port):
            // The final node reads what the graph's own nodes made.
            let (body, base) =
                siblings(of: number).map { ($0.body, $0.base) } ?? (graph.body, 0)
            guard let place = body.place(of: name) else { return .absent }
            return files(madeBy: base + place, port: port)
        }
    }

    private func files(madeBy number: Int, port: String) -> PortFiles {
        switch node(number).kind {
        case .exec:
            lives[number].state == .completed ? .output(number: number, port: port) : .absent
        case .group: .absent
        case .nested(let body): part(of: number, port, body, iteration: 0)
        case .parallel(let body, _): list(of: number, port, body)
        }
    }

    private func list(of number: Int, _ port: String, _ body: GraphBody) -> PortFiles {
        guard let index = containerIndex(of: number), lives[number].state == .completed else {
            return .absent
        }
        if port == GraphBody.tuples, !body.outputs.contains(where: { $0.name == port }) {
            return .tuples(
                (0..<containers[index].iterations).compactMap { iteration in
                    let parts = body.outputs.map {
                        part(of: number, $0.name, body, iteration: iteration)
                    }
                    return parts.contains(.absent) ? nil : .list(parts)
                })
        }
        return .list(
            (0..<containers[index].iterations).map {
                part(of: number, port, body, iteration: $0)
            }.filter { $0 != .absent })
    }

    private func part(
        of number: Int, _ port: String, _ body: GraphBody, iteration: Int
    ) -> PortFiles {
        guard let index = containerIndex(of: number),
            let output = body.outputs.first(where: { $0.name == port }),
            let part = part(of: containers[index], iteration: iteration, node: output.node)
        else { return .absent }
        return files(madeBy: part, port: output.port)
    }

    /// The text of an element of a parallel node's list.
    public func element(container: Int, index: Int) -> String? {
        guard contains(container), let place = containerIndex(of: container),
            containers[place].elements.indices.contains(index)
        else { return nil }
        return containers[place].elements[index]
    }
}
