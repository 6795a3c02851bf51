extension GraphDraft {
    /// Reads the description of a program that nodes name.
    mutating func readExecutable(
        _ value: DocumentValue, _ path: String, _ reader: inout DocumentReader
    ) {
        let before = reader.count
        guard let executable = reader.executable(value, path) else { return }
        executables.append(executable)
        if reader.count > before { faultyExecutables.insert(executable.value.name) }
    }
}

extension DocumentReader {
    /// Arguments that the runner passes itself: no port has their names.
    private static let ownArguments = ["workdir", "logdir"]

    /// A program's description; `nil` where it has no name.
    mutating func executable(_ value: DocumentValue, _ path: String) -> Marked<Executable>? {
        let known = ["name", "command", "arguments", "inputs", "outputs", "resources"]
        guard let object = object(value, path, fields: known), let name = name(object, "name")
        else { return nil }
        let command = text(object, "command", optional: true)?.value ?? name.value
        let inputs = list(object, "inputs").enumerated().compactMap { index, value in
            inputPort(value, "\(path).inputs[\(index)]")
        }
        let outputs = list(object, "outputs").enumerated().compactMap { index, value in
            outputPort(value, "\(path).outputs[\(index)]", inputs: inputs.map(\.value.name))
        }
        check(
            names: inputs.map { $0.named($0.value.name) }
                + outputs.map { $0.named($0.value.name) }, of: "port")
        let resources = object["resources"].map { self.resources($0, "\(path).resources") }
        let executable = Executable(
            name: name.value, command: command, arguments: arguments(object, "arguments"),
            inputs: inputs.map(\.value), outputs: outputs.map(\.value),
            resources: (resources ?? ResourcesDraft()).over(Resources()))
        return Marked(value: executable, mark: name.mark, path: name.path)
    }

    private mutating func inputPort(_ value: DocumentValue, _ path: String)
        -> Marked<Executable.InputPort>?
    {
        guard let object = object(value, path, fields: ["name", "content_type"]),
            let name = portName(object)
        else { return nil }
        return Marked(
            value: Executable.InputPort(
                name: name.value, content: word(object, "content_type", default: .file)),
            mark: name.mark, path: name.path)
    }

    private mutating func outputPort(_ value: DocumentValue, _ path: String, inputs: [String])
        -> Marked<Executable.OutputPort>?
    {
        let known = ["name", "mime_type", "content_type", "lineage"]
        guard let object = object(value, path, fields: known), let name = portName(object) else {
            return nil
        }
        let content = word(object, "content_type", default: PortContent.file)
        let standard = content == .file ? "dat" : "json"
        let mime = text(object, "mime_type", expected: PlainName.suffixRule, optional: true)
        if let mime, !PlainName.isSuffix(mime.value) {
            fault(
                mime.mark, mime.path, found: DocumentValue.quoted(mime.value),
                expected: PlainName.suffixRule)
        }
        let lineage = names(object, "lineage")
        for port in lineage where !inputs.contains(port.value) {
            fault(
                port.mark, port.path, found: "\"\(port.value)\"",
                expected: inputs.isEmpty
                    ? "nothing, for there are no input ports"
                    : "one of the input ports \(inputs.joined(separator: ", "))")
        }
        return Marked(
            value: Executable.OutputPort(
                name: name.value, mime: mime?.value ?? standard, content: content,
                lineage: object["lineage"] == nil ? inputs : lineage.map(\.value)),
            mark: name.mark, path: name.path)
    }

    private mutating func portName(_ object: DocumentObject) -> Marked<String>? {
        guard let name = name(object, "name") else { return nil }
        if Self.ownArguments.contains(name.value) {
            fault(
                name.mark, name.path, found: "a port named \(name.value)",
                expected: "another name, for the runner passes this argument itself")
            return nil
        }
        return name
    }

    /// Notes every name that was used before.
    mutating func check(names: [Marked<String>], of what: String) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name.value).inserted {
            fault(
                name.mark, name.path, found: "a second \(what) named \(name.value)",
                expected: "a name of its own")
        }
    }

    /// Resources as far as an object names them.
    mutating func resources(_ value: DocumentValue, _ path: String) -> ResourcesDraft {
        let known = ["cores", "ram_MiB", "vms_MiB", "walltime_s", "tmp_MiB", "gpus"]
        guard let object = object(value, path, fields: known) else { return ResourcesDraft() }
        let mebibytes = 1...1_000_000_000
        return ResourcesDraft(
            cores: optionalCount(object, "cores", 1...1_000_000),
            memory: optionalCount(object, "ram_MiB", mebibytes),
            virtualMemory: optionalCount(object, "vms_MiB", mebibytes),
            walltime: object["walltime_s"].map { _ in
                number(object, "walltime_s", 1...1_000_000_000, default: 3600)
            },
            temporary: optionalCount(object, "tmp_MiB", mebibytes),
            gpus: optionalCount(object, "gpus", 0...1_000_000))
    }
}
