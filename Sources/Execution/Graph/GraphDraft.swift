import GroundSegment

/// The parts of a pipeline document, read one by one and not yet held against each other.
struct GraphDraft {
    var name = ""
    var inputs: [PipelineInput] = []
    var executables: [PipelineExecutable] = []
    var nodes: [Node] = []
    var outputs: [PipelineOutput] = []
    var policy = RetryPolicy()

    struct Node {
        let id: String
        let executable: String
        let sources: [String: PortSource]
    }

    static let format = "sgs-graph/1"

    /// Reads a document; what is at fault stays out and is told to the reader.
    init(_ document: JSONValue, _ reader: inout DocumentReader) {
        let known = ["format", "description", "pipeline", "executables", "policy"]
        guard let fields = reader.object(document, "", fields: known) else { return }
        if let format = reader.text(fields, "format", ""), format != Self.format {
            reader.fault("", "format", found: "\"\(format)\"", expected: "\"\(Self.format)\"")
        }
        executables = reader.list(fields, "executables", "", required: true).enumerated()
            .compactMap { Self.executable($1, "executables[\($0)]", &reader) }
        if let value = fields["policy"] { policy = Self.policy(value, &reader) }
        readPipeline(fields["pipeline"], &reader)
    }

    private mutating func readPipeline(_ value: JSONValue?, _ reader: inout DocumentReader) {
        let known = ["name", "inputs", "nodes", "outputs"]
        guard let fields = reader.object(value, "pipeline", fields: known) else { return }
        name = reader.text(fields, "name", "pipeline") ?? ""
        inputs = reader.list(fields, "inputs", "pipeline").enumerated()
            .compactMap { Self.input($1, "inputs[\($0)]", &reader) }
        nodes = reader.list(fields, "nodes", "pipeline", required: true).enumerated()
            .compactMap { Self.node($1, "nodes[\($0)]", &reader) }
        outputs = reader.list(fields, "outputs", "pipeline", required: true).enumerated()
            .compactMap { Self.output($1, "outputs[\($0)]", &reader) }
    }

    private static func policy(_ value: JSONValue, _ reader: inout DocumentReader) -> RetryPolicy {
        let known = ["attempts", "final_codes", "losses"]
        guard let fields = reader.object(value, "policy", fields: known) else {
            return RetryPolicy()
        }
        let codes: [Int] = reader.list(fields, "final_codes", "policy").compactMap { value in
            if case .number(let number) = value, let code = Int(exactly: number) { return code }
            reader.fault("policy", "final_codes", found: value.summary, expected: "an exit code")
            return nil
        }
        let standard = RetryPolicy()
        return RetryPolicy(
            attempts: reader.count(fields, "attempts", "policy", default: standard.attempts),
            finalCodes: codes,
            losses: reader.count(fields, "losses", "policy", least: 0, default: standard.losses))
    }

    private static func input(
        _ value: JSONValue, _ record: String, _ reader: inout DocumentReader
    ) -> PipelineInput? {
        let known = ["name", "content_type", "kind", "product"]
        guard let fields = reader.object(value, record, fields: known),
            let name = reader.text(fields, "name", record)
        else { return nil }
        let kind = reader.word(fields, "kind", record, default: ItemKind.observation)
        let content = reader.word(fields, "content_type", record, default: PortContent.file)
        guard let product = reader.text(fields, "product", record, default: name) else {
            return nil
        }
        return PipelineInput(name: name, content: content, kind: kind.rawValue, product: product)
    }

    private static func node(
        _ value: JSONValue, _ record: String, _ reader: inout DocumentReader
    ) -> Node? {
        guard case .object(let fields) = value else {
            _ = reader.object(value, record, fields: [])
            return nil
        }
        let id = reader.text(fields, "id", record)
        guard let kind = reader.text(fields, "kind", record) else { return nil }
        guard kind == "exec" else {
            reader.fault(
                id ?? record, "kind", found: "\"\(kind)\"",
                expected: "\"exec\", the only kind so far")
            return nil
        }
        _ = reader.object(value, id ?? record, fields: ["id", "kind", "executable", "in"])
        guard let id, let executable = reader.text(fields, "executable", id) else { return nil }
        let ports = fields["in"] == nil ? [:] : portFields(fields["in"], id, &reader)
        let sources = ports.compactMapValues { source($0, id, &reader) }
        return Node(id: id, executable: executable, sources: sources)
    }

    private static func portFields(
        _ value: JSONValue?, _ record: String, _ reader: inout DocumentReader
    ) -> [String: JSONValue] {
        if case .object(let ports)? = value { return ports }
        reader.fault(
            record, "in", found: value?.summary ?? "nothing", expected: "an object of ports")
        return [:]
    }

    private static func source(
        _ value: JSONValue, _ record: String, _ reader: inout DocumentReader
    ) -> PortSource? {
        guard let fields = reader.object(value, record, fields: ["input", "node", "port"]) else {
            return nil
        }
        if fields["input"] != nil {
            return reader.text(fields, "input", record).map(PortSource.input)
        }
        guard let node = reader.text(fields, "node", record),
            let port = reader.text(fields, "port", record)
        else { return nil }
        return .port(node: node, port: port)
    }

    private static func output(
        _ value: JSONValue, _ record: String, _ reader: inout DocumentReader
    ) -> PipelineOutput? {
        guard let fields = reader.object(value, record, fields: ["name", "node", "port"]),
            let node = reader.text(fields, "node", record),
            let port = reader.text(fields, "port", record),
            let name = reader.text(fields, "name", record, default: port)
        else { return nil }
        return PipelineOutput(name: name, node: node, port: port)
    }
}
