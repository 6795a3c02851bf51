/// What an agent is asked to run: one attempt of one payload.
public struct AttemptOrder: Hashable, Sendable {
    /// Unique for all times at its runner: `RUN/PATH#NUMBER`.
    public var id: String
    /// Grows with every attempt of a runner's store: of two attempts of one payload only the one
    /// with the larger token counts.
    public var token: UInt64
    /// Path of the program; it is not looked for in PATH.
    public var program: String
    public var arguments: [String]
    /// What is added to the agent's own environment.
    public var environment: [String: String]
    /// The attempt's own folder, see `AttemptFolder`.
    public var folder: String
    /// Where it starts; made, with its parents, where it is missing.
    public var workFolder: String
    /// Where TMPDIR points: made fresh before the start, removed after the end with all in it.
    public var temporaryFolder: String?
    /// Absolute paths of the files that it has to leave, by port.
    public var outputs: [String: String]
    public var limits: AttemptLimits
    public var need: Need
    /// The cluster that it belongs to: of attempts with the same one runs at a time, in order of
    /// their arrival, and each takes over the room of the one before it.
    public var cluster: String?

    public init(
        id: String, token: UInt64, program: String, arguments: [String] = [],
        environment: [String: String] = [:], folder: String, workFolder: String,
        temporaryFolder: String? = nil, outputs: [String: String] = [:], limits: AttemptLimits,
        need: Need = Need(), cluster: String? = nil
    ) {
        self.id = id
        self.token = token
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.workFolder = workFolder
        self.temporaryFolder = temporaryFolder
        self.outputs = outputs
        self.limits = limits
        self.need = need
        self.cluster = cluster
    }
}

extension AttemptOrder {
    init(_ fields: JSONFields) throws(PayloadError) {
        let need = try fields.object("need")
        self.init(
            id: try fields.text("id"), token: try fields.token("token"),
            program: try fields.text("program"), arguments: try fields.texts("arguments"),
            environment: try fields.textsByName("environment"), folder: try fields.text("folder"),
            workFolder: try fields.text("workFolder"),
            temporaryFolder: try fields.optional("temporaryFolder", fields.text),
            outputs: try fields.textsByName("outputs"),
            limits: try AttemptLimits(try fields.object("limits")),
            need: Need(
                cores: try need.count("cores"), memory: try need.count("memory"),
                gpus: try need.count("gpus")),
            cluster: try fields.optional("cluster", fields.text))
    }

    func write(to writer: inout JSONWriter) {
        writer.field("id", id)
        writer.field("token", token)
        writer.field("program", program)
        writer.field("arguments", arguments)
        writer.field("environment", environment)
        writer.field("folder", folder)
        writer.field("workFolder", workFolder)
        writer.field("temporaryFolder", temporaryFolder)
        writer.field("outputs", outputs)
        writer.object("limits") { limits.write(to: &$0) }
        writer.object("need") {
            $0.field("cores", need.cores)
            $0.field("memory", need.memory)
            $0.field("gpus", need.gpus)
        }
        writer.field("cluster", cluster)
    }

    /// Why no process can be started from this; `nil` where one can.
    ///
    /// The system's calls end a text at its first zero byte and take paths from the agent's own
    /// folder, so that what is said here must be without the one and not depend on the other.
    var defect: String? {
        let paths =
            [("program", program), ("folder", folder), ("workFolder", workFolder)]
            + [("temporaryFolder", temporaryFolder)].compactMap { name, path in
                path.map { (name, $0) }
            }
        for (name, path) in paths where !path.utf8.starts(with: "/".utf8) {
            return "\(name): expected an absolute path"
        }
        if let path = temporaryFolder, path.split(separator: "/").contains("..") || path == "/" {
            return "temporaryFolder: expected a path below a folder, without .."
        }
        if id.isEmpty || id.utf8.count > 1024 { return "id: expected 1 to 1024 bytes" }
        let texts =
            [id] + paths.map(\.1) + arguments + environment.flatMap { [$0.key, $0.value] }
            + outputs.values
        if texts.contains(where: { $0.utf8.contains(0) }) {
            return "a zero byte in a path, an argument or the environment"
        }
        if let name = environment.keys.first(where: { $0.isEmpty || $0.utf8.contains(0x3D) }) {
            return "environment: \(printable(name.utf8, limit: 60)) is no name of a variable"
        }
        return nil
    }
}
