/// What an attempt may use; what goes beyond is ended by the agent.
public struct AttemptLimits: Hashable, Sendable {
    /// Seconds from its start to its end by TERM.
    public var walltime: Double
    /// Seconds from TERM to KILL.
    public var grace: Double
    /// Memory of all its processes together, MiB: a control group's limit where there is one,
    /// else what is sampled.
    public var memory: Int?
    /// Address space of each process, MiB (RLIMIT_AS).
    public var virtualMemory: Int?
    /// What its temporary folder holds, MiB.
    public var temporary: Int?
    /// What is kept of each of standard output and standard error, MiB: the first quarter and the
    /// end.
    public var log: Int
    /// Processes at once.
    public var processes: Int?

    public init(
        walltime: Double, grace: Double = 10, memory: Int? = nil, virtualMemory: Int? = nil,
        temporary: Int? = nil, log: Int = 16, processes: Int? = nil
    ) {
        self.walltime = walltime
        self.grace = grace
        self.memory = memory
        self.virtualMemory = virtualMemory
        self.temporary = temporary
        self.log = log
        self.processes = processes
    }
}

extension AttemptLimits {
    /// The most MiB of a limit, far from any overflow in bytes.
    private static let most = 1 << 40

    init(_ fields: JSONFields) throws(PayloadError) {
        func amount(_ name: String) throws(PayloadError) -> Int {
            let amount = try fields.count(name)
            guard amount <= Self.most else { throw fields.fault(name, "at most \(Self.most)") }
            return amount
        }
        func seconds(_ name: String) throws(PayloadError) -> Double {
            let seconds = try fields.number(name)
            guard seconds >= 0 else { throw fields.fault(name, "seconds from 0 on") }
            return seconds
        }
        self.init(
            walltime: try seconds("walltime"), grace: try seconds("grace"),
            memory: try fields.optional("memory", amount),
            virtualMemory: try fields.optional("virtualMemory", amount),
            temporary: try fields.optional("temporary", amount), log: try amount("log"),
            processes: try fields.optional("processes", amount))
    }

    func write(to writer: inout JSONWriter) {
        writer.field("walltime", walltime)
        writer.field("grace", grace)
        writer.field("memory", memory)
        writer.field("virtualMemory", virtualMemory)
        writer.field("temporary", temporary)
        writer.field("log", log)
        writer.field("processes", processes)
    }
}
