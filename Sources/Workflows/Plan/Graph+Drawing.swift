import Documents

extension Graph {
    /// The graph as lines for people: each node as a call, what a node holds indented below it.
    ///
    /// ```
    /// night(frames: list, dark) -> mosaic
    /// each: for each frame of frames, with dark=dark
    ///     one: vis_correct(image=frame, dark=dark) -> map.fits  [2 cores, 2560 MiB, 1800 s]
    ///     = map
    /// all: vis_combine(maps=each.map) -> sum.fits
    /// = mosaic: all.sum
    /// ```
    public var drawing: String {
        let takes = inputs.map { $0.name + ($0.content == .listfile ? ": list" : "") }
        var lines = [
            "\(name)(\(takes.joined(separator: ", "))) -> "
                + outputs.map(\.name).joined(separator: ", ")
        ]
        lines += Self.lines(body, "")
        if let final {
            lines.append(Self.line(final.node, "") + "  (final: \(final.whenRun.rawValue))")
        }
        for output in outputs {
            lines.append("= \(output.name): \(output.node).\(output.port)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ body: GraphBody, _ indentation: String) -> [String] {
        body.nodes.flatMap { node -> [String] in
            var lines = [line(node, indentation)]
            if let inner = node.kind.body {
                lines += self.lines(inner, indentation + "    ")
                lines += inner.outputs.map { output in
                    "\(indentation)    = \(output.name): \(output.node).\(output.port)"
                }
            }
            return lines
        }
    }

    private static func line(_ node: Node, _ indentation: String) -> String {
        var sources = node.sources.sorted { $0.key < $1.key }
        var text = "\(indentation)\(node.id): "
        switch node.kind {
        case .exec(let executable):
            let makes = executable.outputs.map { port in
                let all = executable.inputs.map(\.name)
                let from =
                    port.lineage == all ? "" : " from " + port.lineage.joined(separator: ", ")
                return "\(port.name).\(port.mime)"
                    + (port.content == .listfile ? " (list)" : "") + from
            }
            text += "\(executable.name)(\(given(sources)))"
            if !makes.isEmpty { text += " -> " + makes.joined(separator: "; ") }
            text += "  [\(self.text(executable.resources))"
            if let source = node.resourcesFrom { text += ", or as \(self.text(source)) says" }
            text += "]"
        case .parallel(_, let over):
            let list = node.sources[over].map(self.text) ?? "nothing"
            sources.removeAll { $0.key == over }
            text += "for each \(over) of \(list)"
            if !sources.isEmpty { text += ", with \(given(sources))" }
        case .nested: text += "(\(given(sources)))"
        case .group: text += "group"
        }
        if !node.after.isEmpty { text += " after \(node.after.joined(separator: ", "))" }
        if node.trigger == .allDone { text += ", whatever became of them" }
        return text
    }

    private static func given(_ sources: [(key: String, value: PortSource)]) -> String {
        sources.map { "\($0.key)=\(text($0.value))" }.joined(separator: ", ")
    }

    private static func text(_ source: PortSource) -> String {
        switch source {
        case .input(let name): name
        case .port(let node, let port): "\(node).\(port)"
        }
    }

    private static func text(_ resources: Resources) -> String {
        var parts = [
            resources.cores == 1 ? "1 core" : "\(resources.cores) cores", "\(resources.memory) MiB",
            "\(JSONText.digits(of: resources.walltime)) s",
        ]
        resources.virtualMemory.map { parts.append("address space \($0) MiB") }
        resources.temporary.map { parts.append("TMPDIR \($0) MiB") }
        if resources.gpus > 0 { parts.append("\(resources.gpus) GPU") }
        return parts.joined(separator: ", ")
    }
}
