/// How pilots are used at a site's batch system, as the mapping `site: batch: pilots:` says.
public struct SitePilots: Hashable, Sendable {
    /// The kinds of pilots, in the order of the description.
    public var classes: [PilotClass] = []
    /// Seconds without a payload after which a pilot ends.
    public var idle = 600
    /// How often in a row a pilot may fail to reach its runner while it has nothing to do.
    public var retries = 40
    /// Seconds before the end of its walltime at which a pilot is warned.
    public var warning = 120
    /// Where the runner listens for its pilots: a host's name or number, with a port where it is to
    /// be that one (`login01:7000`), or `unix:` and a path for pilots on its own machine; any port
    /// of the runner's host where `nil`.
    public var listen: String?
    /// The most pilots that wait in the queue at a time, of all classes.
    public var maxQueued = 1000
    /// The most pilots that are submitted in one pass, of all classes.
    public var perPass = 100

    public init() {}

    /// The classes of which there may be any.
    public var enabled: [PilotClass] { classes.filter { $0.maxInstances > 0 } }
}

/// One kind of pilots.
public struct PilotClass: Hashable, Sendable {
    public var name: String
    public var cores: Int
    /// MiB.
    public var memory: Int
    public var gpus = 0
    /// Seconds.
    public var walltime: Int
    /// The most at a time, waiting and running; 0: the class is not used.
    public var maxInstances = 100
    /// The most that wait in the queue.
    public var maxQueued = 50
    /// The most that are submitted in one pass.
    public var perPass = 50
    /// The part of the pilots, percent, that take the largest payloads first.
    public var starving = 50
    /// How many there are though nothing is to be done.
    public var keep = 0
    /// The executables that its pilots take; all where empty.
    public var executables: [String] = []
    /// Those for whose work its pilots are kept; anybody's where empty.
    public var reservedFor: [String] = []

    public init(name: String, cores: Int, memory: Int, walltime: Int) {
        self.name = name
        self.cores = cores
        self.memory = memory
        self.walltime = walltime
    }
}
