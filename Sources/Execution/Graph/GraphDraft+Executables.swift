extension GraphDraft {
    /// Reads a program's description.
    static func executable(
        _ value: JSONValue, _ record: String, _ reader: inout DocumentReader
    ) -> PipelineExecutable? {
        let known = ["name", "command", "arguments", "inputs", "outputs", "resources"]
        guard let fields = reader.object(value, record, fields: known),
            let name = reader.text(fields, "name", record),
            let command = reader.text(fields, "command", record, default: name)
        else { return nil }
        let inputs = reader.list(fields, "inputs", record).compactMap {
            inputPort($0, name, &reader)
        }
        let outputs = reader.list(fields, "outputs", record)
            .compactMap { outputPort($0, name, inputs: inputs.map(\.name), &reader) }
        return PipelineExecutable(
            name: name, command: command, arguments: reader.texts(fields, "arguments", record),
            inputs: inputs, outputs: outputs,
            resources: resources(fields["resources"], name, &reader))
    }

    private static func inputPort(
        _ value: JSONValue, _ record: String, _ reader: inout DocumentReader
    ) -> PipelineExecutable.InputPort? {
        guard let fields = reader.object(value, record, fields: ["name", "content_type"]),
            let name = reader.text(fields, "name", record)
        else { return nil }
        let content = reader.word(fields, "content_type", record, default: PortContent.file)
        return PipelineExecutable.InputPort(name: name, content: content)
    }

    private static func outputPort(
        _ value: JSONValue, _ record: String, inputs: [String], _ reader: inout DocumentReader
    ) -> PipelineExecutable.OutputPort? {
        let known = ["name", "mime_type", "content_type", "lineage"]
        guard let fields = reader.object(value, record, fields: known),
            let name = reader.text(fields, "name", record),
            let mime = reader.text(fields, "mime_type", record, default: "dat")
        else { return nil }
        if reader.word(fields, "content_type", record, default: PortContent.file) != .file {
            reader.fault(record, name, found: "an output of many files", expected: "a file")
        }
        let lineage = fields["lineage"] == nil ? inputs : reader.texts(fields, "lineage", record)
        for port in lineage where !inputs.contains(port) {
            reader.fault(
                record, "\(name).lineage", found: "\"\(port)\"",
                expected: "an input port of \(record)")
        }
        return PipelineExecutable.OutputPort(name: name, mime: mime, lineage: lineage)
    }

    private static func resources(
        _ value: JSONValue?, _ record: String, _ reader: inout DocumentReader
    ) -> Resources {
        let standard = Resources(cores: 1, memory: 1024, walltime: 3600)
        guard let value else { return standard }
        let known = ["cores", "ram_MiB", "walltime_s"]
        guard let fields = reader.object(value, record, fields: known) else { return standard }
        return Resources(
            cores: reader.count(fields, "cores", record, default: standard.cores),
            memory: reader.count(fields, "ram_MiB", record, default: standard.memory),
            walltime: Double(
                reader.count(fields, "walltime_s", record, default: Int(standard.walltime))))
    }
}
