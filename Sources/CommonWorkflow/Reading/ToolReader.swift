import Documents

/// Reads what a command-line tool is beside its inputs and outputs.
struct ToolReader {
    private let node: Node
    private let types: TypeReader

    private var faults: DocumentFaults { types.faults }

    init(_ node: Node, types: TypeReader) {
        self.node = node
        self.types = types
    }

    /// - Parameters:
    ///   - inputs: the inputs as they are written.
    ///   - outputs: the outputs as they are written.
    ///   - found: the outputs, in the same order.
    /// - Returns: the tool, and its outputs, those of types `stdout` and `stderr` with the names of
    ///   their files.
    func tool(inputs: [Node], outputs: [Node], found: [Parameter]) -> (CommandLineTool, [Parameter])
    {
        var stdout = node["stdout"]?.text
        var stderr = node["stderr"]?.text
        for output in outputs {
            let name = (output["id"]?.text).map(Identifier.short) ?? ""
            switch output["type"]?.text {
            case "stdout": stdout = stdout ?? "\(name).stdout"
            case "stderr": stderr = stderr ?? "\(name).stderr"
            default: break
            }
        }
        let kinds = Dictionary(
            outputs.map { ($0["id"]?.text.map(Identifier.short) ?? "", $0["type"]?.text) },
            uniquingKeysWith: { first, _ in first })
        let read = found.map { output in
            var output = output
            switch kinds[output.name] ?? nil {
            case "stdout": output.output = OutputBinding(globs: [stdout ?? ""])
            case "stderr": output.output = OutputBinding(globs: [stderr ?? ""])
            default: break
            }
            return output
        }
        let tool = CommandLineTool(
            baseCommand: (node["baseCommand"]?.asList ?? []).compactMap(\.text),
            arguments: (node["arguments"]?.asList ?? []).compactMap(argument),
            stdin: stdin(inputs), stdout: stdout, stderr: stderr,
            successCodes: codes("successCodes") ?? [],
            temporaryFailCodes: codes("temporaryFailCodes") ?? [],
            permanentFailCodes: codes("permanentFailCodes") ?? [])
        return (tool, read)
    }

    private func stdin(_ inputs: [Node]) -> String? {
        let name = inputs.first { $0["type"]?.text == "stdin" }?["id"]?.text.map(Identifier.short)
        if name != nil, types.version < .v11 {
            faults.add(
                at: node.place, field: "type", found: "stdin",
                expected: "a type of this version of CWL")
        }
        return node["stdin"]?.text ?? name.map { "$(inputs[\"\($0)\"].path)" }
    }

    private func argument(_ node: Node) -> CommandLineTool.Argument? {
        if node.fields != nil {
            guard let binding = ParameterReader(types: types).binding(node) else { return nil }
            if binding.valueFrom == nil {
                faults.add(at: node.place, field: "valueFrom", found: "nothing", expected: "a text")
            }
            return CommandLineTool.Argument(binding: binding)
        }
        guard let text = node.text else {
            faults.add(node, field: "arguments", expected: "texts")
            return nil
        }
        return CommandLineTool.Argument(binding: CommandBinding(valueFrom: text))
    }

    private func codes(_ field: String) -> [Int]? {
        node[field]?.asList.compactMap { code in
            if code.value.wholeNumber == nil { faults.add(code, field: field, expected: "numbers") }
            return code.value.wholeNumber
        }
    }
}
