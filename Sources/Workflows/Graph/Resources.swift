/// What a payload occupies while it runs.
public struct Resources: Hashable, Sendable, Codable {
    /// At least 1.
    public var cores: Int
    /// Resident memory of its processes, MiB.
    public var memory: Int
    /// Address space of a process, MiB; not limited where `nil`.
    public var virtualMemory: Int?
    /// Seconds after which the payload is ended.
    public var walltime: Double
    /// Size of its TMPDIR, MiB; not limited where `nil`.
    public var temporary: Int?
    /// Graphics processors, given out by their identities.
    public var gpus: Int

    public init(
        cores: Int = 1, memory: Int = 1024, virtualMemory: Int? = nil, walltime: Double = 3600,
        temporary: Int? = nil, gpus: Int = 0
    ) {
        self.cores = cores
        self.memory = memory
        self.virtualMemory = virtualMemory
        self.walltime = walltime
        self.temporary = temporary
        self.gpus = gpus
    }
}
