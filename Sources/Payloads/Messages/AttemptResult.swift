/// How an attempt ended: the facts apart from one another, none of them weighed.
public struct AttemptResult: Hashable, Sendable {
    public var id: String
    public var token: UInt64
    /// Seconds since 1970-01-01T00:00 UTC, by the host's clock.
    public var start: Double
    /// Not before `start`, whatever the host's clock did.
    public var end: Double
    public var exit: Exit
    public var outOfMemory: MemoryEvidence?
    /// Why the agent ended it; `nil` where it ended by itself.
    public var ended: EndCause?
    public var usage: Usage
    /// By port.
    public var outputs: [String: OutputFact]
    /// Processes that outlived the main process and were killed.
    public var strays: Int
    /// What else is to be said, as why it did not start: one printable line, bounded.
    public var message: String

    /// How the main process ended.
    public enum Exit: Hashable, Sendable {
        case code(Int)
        case signal(Int)
        /// It never began, for this reason.
        case notStarted(String)
    }

    /// By what it is known that memory was short.
    public enum MemoryEvidence: String, Hashable, Sendable {
        /// The counter of the attempt's control group.
        case cgroup
        /// The agent saw more than the limit, and ended it.
        case sampled
        /// The kernel's log names one of its processes.
        case kernel
        /// The batch system ended its job for it.
        case batchSystem
    }

    public enum EndCause: String, Hashable, Sendable {
        case walltime, cancelled, memory, temporary, processes, agentEnded
    }

    public init(
        id: String, token: UInt64, start: Double, end: Double, exit: Exit,
        outOfMemory: MemoryEvidence? = nil, ended: EndCause? = nil, usage: Usage = Usage(),
        outputs: [String: OutputFact] = [:], strays: Int = 0, message: String = ""
    ) {
        self.id = id
        self.token = token
        self.start = start
        self.end = end
        self.exit = exit
        self.outOfMemory = outOfMemory
        self.ended = ended
        self.usage = usage
        self.outputs = outputs
        self.strays = strays
        self.message = message
    }
}

extension AttemptResult {
    init(_ fields: JSONFields) throws(PayloadError) {
        var outputs: [String: OutputFact] = [:]
        for (port, fact) in try fields.objectsByName("outputs") {
            outputs[port] = try OutputFact(fact)
        }
        self.init(
            id: try fields.text("id"), token: try fields.token("token"),
            start: try fields.number("start"), end: try fields.number("end"),
            exit: try Exit(fields), outOfMemory: try fields.word("outOfMemory"),
            ended: try fields.word("ended"), usage: try Usage(try fields.object("usage")),
            outputs: outputs, strays: try fields.count("strays"),
            message: try fields.text("message"))
    }

    func write(to writer: inout JSONWriter) {
        writer.field("id", id)
        writer.field("token", token)
        writer.field("start", start)
        writer.field("end", end)
        switch exit {
        case .code(let code): writer.field("code", code)
        case .signal(let number): writer.field("signal", number)
        case .notStarted(let reason): writer.field("notStarted", reason)
        }
        writer.field("outOfMemory", outOfMemory?.rawValue)
        writer.field("ended", ended?.rawValue)
        writer.object("usage") { usage.write(to: &$0) }
        writer.object("outputs") { writer in
            for (port, fact) in outputs.sorted(by: { $0.key < $1.key }) {
                writer.object(port) { fact.write(to: &$0) }
            }
        }
        writer.field("strays", strays)
        writer.field("message", message)
    }

    /// The text of `result.json`: one line.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { write(to: &$0) }
        return writer.bytes + [0x0A]
    }

    init(json: [UInt8]) throws(PayloadError) {
        try self.init(try JSONFields(try JSONReader.value(of: json), "result"))
    }
}

extension AttemptResult.Exit {
    fileprivate init(_ fields: JSONFields) throws(PayloadError) {
        if fields.has("code") {
            self = .code(try fields.count("code"))
        } else if fields.has("signal") {
            self = .signal(try fields.count("signal"))
        } else {
            self = .notStarted(try fields.text("notStarted"))
        }
    }
}
