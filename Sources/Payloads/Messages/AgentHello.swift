/// Who an agent is and what it has: its first message on a connection.
public struct AgentHello: Hashable, Sendable {
    /// `payloadProtocol` of the agent.
    public var version: String
    public var pid: Int
    public var cores: Int
    /// MiB.
    public var memory: Int
    public var gpus: [String]
    /// Whether the agent's processes end with it, whatever ends it.
    public var isEnclosed: Bool
    /// Every attempt whose result has not been acknowledged, in the order of arrival.
    public var attempts: [Known]
    /// When its job ends, seconds since 1970-01-01T00:00 UTC; `nil` for what is no job.
    public var end: Double?
    /// The name of the host that a pilot runs on.
    public var host: String?

    /// One attempt that the agent knows.
    public struct Known: Hashable, Sendable {
        public var id: String
        public var token: UInt64
        public var state: State
        /// The cluster that it was ordered in, until it has ended.
        public var cluster: String?

        public enum State: String, Hashable, Sendable {
            case waiting, running, ended
        }

        public init(id: String, token: UInt64, state: State, cluster: String? = nil) {
            self.id = id
            self.token = token
            self.state = state
            self.cluster = cluster
        }
    }

    public init(
        version: String = payloadProtocol, pid: Int, cores: Int, memory: Int, gpus: [String] = [],
        isEnclosed: Bool = false, attempts: [Known] = [], end: Double? = nil, host: String? = nil
    ) {
        self.version = version
        self.pid = pid
        self.cores = cores
        self.memory = memory
        self.gpus = gpus
        self.isEnclosed = isEnclosed
        self.attempts = attempts
        self.end = end
        self.host = host
    }
}

extension AgentHello {
    init(_ fields: JSONFields) throws(PayloadError) {
        let version = try fields.text("version")
        guard version == payloadProtocol else {
            throw PayloadError(
                .version,
                "the agent speaks \(printable(version.utf8, limit: 60)), expected \(payloadProtocol)"
            )
        }
        var attempts: [Known] = []
        for known in try fields.objects("attempts") {
            guard let state: Known.State = try known.word("state") else {
                throw known.fault("state", "waiting, running or ended")
            }
            attempts.append(
                Known(
                    id: try known.text("id"), token: try known.token("token"), state: state,
                    cluster: try known.optional("cluster", known.text)))
        }
        self.init(
            version: version, pid: try fields.count("pid"), cores: try fields.count("cores"),
            memory: try fields.count("memory"), gpus: try fields.texts("gpus"),
            isEnclosed: try fields.flag("isEnclosed"), attempts: attempts,
            end: try fields.optional("end", fields.number),
            host: try fields.optional("host", fields.text))
    }

    func write(to writer: inout JSONWriter) {
        writer.field("version", version)
        writer.field("pid", pid)
        writer.field("cores", cores)
        writer.field("memory", memory)
        writer.field("gpus", gpus)
        writer.field("isEnclosed", isEnclosed)
        writer.array("attempts") { writer in
            for known in attempts {
                writer.object {
                    $0.field("id", known.id)
                    $0.field("token", known.token)
                    $0.field("state", known.state.rawValue)
                    $0.field("cluster", known.cluster)
                }
            }
        }
        if let end { writer.field("end", end) }
        writer.field("host", host)
    }
}
