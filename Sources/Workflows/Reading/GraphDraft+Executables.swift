import Documents

extension GraphDraft {
    /// Reads the description of a program that nodes name.
    mutating func readExecutable(_ object: DocumentObject) {
        let before = object.faults.count
        guard let executable = object.executable() else { return }
        executables.append(executable)
        if object.faults.count > before { faultyExecutables.insert(executable.value.name) }
    }
}

extension DocumentObject {
    /// Arguments that the runner passes itself: no port has their names.
    private static let ownArguments = ["workdir", "logdir"]

    /// A program's description; `nil` where it has no name.
    func executable() -> Marked<Executable>? {
        check(keys: ["name", "command", "arguments", "inputs", "outputs", "resources"])
        guard let name = name("name") else { return nil }
        let command = optionalText("command") ?? name.value
        let inputs = objects("inputs").compactMap { $0.inputPort() }
        let outputs = objects("outputs").compactMap {
            $0.outputPort(inputs: inputs.map(\.value.name))
        }
        faults.check(
            names: inputs.map { $0.named($0.value.name) }
                + outputs.map { $0.named($0.value.name) }, of: "port")
        let resources = object("resources", required: false)?.resources()
        let executable = Executable(
            name: name.value, command: command, arguments: arguments("arguments"),
            inputs: inputs.map(\.value), outputs: outputs.map(\.value),
            resources: (resources ?? ResourcesDraft()).over(Resources()))
        return Marked(value: executable, mark: name.mark, path: name.path)
    }

    private func inputPort() -> Marked<Executable.InputPort>? {
        check(keys: ["name", "content_type"])
        guard let name = portName() else { return nil }
        return Marked(
            value: Executable.InputPort(name: name.value, content: contentType()),
            mark: name.mark, path: name.path)
    }

    private func outputPort(inputs: [String]) -> Marked<Executable.OutputPort>? {
        check(keys: ["name", "mime_type", "content_type", "lineage"])
        guard let name = portName() else { return nil }
        let content = contentType()
        let standard = content == .file ? "dat" : "json"
        let mime = optionalText("mime_type", expected: PlainName.suffixRule)
        if let mime, !PlainName.isSuffix(mime) {
            fault("mime_type", expected: PlainName.suffixRule)
        }
        let lineage = names("lineage")
        for port in lineage where !inputs.contains(port.value) {
            faults.add(
                at: port.mark, field: port.path, found: "\"\(port.value)\"",
                expected: inputs.isEmpty
                    ? "nothing, for there are no input ports"
                    : "one of the input ports \(inputs.joined(separator: ", "))")
        }
        return Marked(
            value: Executable.OutputPort(
                name: name.value, mime: mime ?? standard, content: content,
                lineage: has("lineage") ? lineage.map(\.value) : inputs),
            mark: name.mark, path: name.path)
    }

    /// What a port holds.
    func contentType() -> PortContent {
        choice("content_type", default: PortContent.file) ?? .file
    }

    private func portName() -> Marked<String>? {
        guard let name = name("name") else { return nil }
        if Self.ownArguments.contains(name.value) {
            fault(
                "name", found: "a port named \(name.value)",
                expected: "another name, for the runner passes this argument itself")
            return nil
        }
        return name
    }

    /// Resources as far as the object names them.
    func resources() -> ResourcesDraft {
        check(keys: ["cores", "ram_MiB", "vms_MiB", "walltime_s", "tmp_MiB", "gpus"])
        let mebibytes = 1...1_000_000_000
        return ResourcesDraft(
            cores: optionalCount("cores", in: 1...1_000_000),
            memory: optionalCount("ram_MiB", in: mebibytes),
            virtualMemory: optionalCount("vms_MiB", in: mebibytes),
            walltime: optionalNumber("walltime_s", .from(1, to: 1_000_000_000)),
            temporary: optionalCount("tmp_MiB", in: mebibytes),
            gpus: optionalCount("gpus", in: 0...1_000_000))
    }
}
