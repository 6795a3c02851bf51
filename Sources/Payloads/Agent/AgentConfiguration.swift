/// How an agent works.
public struct AgentConfiguration: Hashable, Sendable {
    /// The agent's folder: its lock, its sockets; made where it is missing, for its owner only.
    public var home: String
    /// What there is for payloads; memory in MiB.
    public var cores: Int
    public var memory: Int
    /// The GPUs by the names that go into CUDA_VISIBLE_DEVICES.
    public var gpus: [String] = []
    /// Seconds without a runner after which an agent with nothing to do ends; after ten times as
    /// many it ends also when results have not been acknowledged, which are in their folders.
    public var lease = 60.0
    /// Seconds between two samples.
    public var sample = 5.0
    /// Seconds between two looks at what is limited; no longer than `sample`.
    public var watch = 0.25
    /// Whether processes are put into a PID namespace where that is allowed.
    public var usesNamespace = true
    /// Whether memory is limited by control groups where that is allowed.
    public var usesControlGroups = true

    public init(home: String, cores: Int, memory: Int) {
        self.home = home
        self.cores = cores
        self.memory = memory
    }

    /// - Throws: `PayloadError` of code `configuration` with the first field that is out of bounds.
    func validate() throws(PayloadError) {
        let problem: String? =
            if home.isEmpty || home.utf8.contains(0) {
                "home: expected a path"
            } else if !(1...1_000_000).contains(cores) {
                "cores: found \(cores), expected 1 to 1,000,000"
            } else if !(1...(1 << 40)).contains(memory) {
                "memory: found \(memory), expected 1 MiB or more"
            } else if Set(gpus).count != gpus.count || gpus.contains(where: \.isEmpty) {
                "gpus: expected names that differ"
            } else if !(lease >= 0 && sample > 0 && watch > 0) {
                "lease, sample, watch: expected seconds above 0"
            } else {
                nil
            }
        if let problem { throw PayloadError(.configuration, problem) }
    }
}
