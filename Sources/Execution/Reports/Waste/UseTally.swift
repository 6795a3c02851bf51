import GroundSegment

/// An attempt that has ended with what it was given and what it used; one that was lost with its
/// machine is none.
struct AttemptUse: Hashable, Sendable {
    let executable: String
    let pipeline: String
    let hasCompleted: Bool
    /// Given to it: cores, memory in MiB, walltime in seconds.
    let cores: Int
    let memory: Int
    let walltime: Double
    let ended: MJD
    /// How long it took, and how much processor time that was, seconds.
    let seconds: Double
    let cpuSeconds: Double
    /// Largest resident set, MiB.
    let peak: Double

    /// Cores that were busy, the mean over its time; over a second of what was shorter, whose begin
    /// and end are not known well enough for it.
    var busyCores: Double { cpuSeconds / max(1, seconds) }
}

/// What attempts were given and what they used, by their executables.
public struct UseTally: Sendable {
    /// The attempts of one executable.
    struct Use: Sendable {
        var pipelines: Set<String> = []
        var attempts = 0
        /// Of all attempts: core-seconds that they had and that were idle, MiB-seconds likewise.
        var coreSeconds = 0.0
        var idleCoreSeconds = 0.0
        var memorySeconds = 0.0
        var idleMemorySeconds = 0.0
        /// Of those that completed, in one order.
        var busyCores: [Double] = []
        var peaks: [Double] = []
        var seconds: [Double] = []
        /// What the attempt was given that ended last.
        var last: AttemptUse?
    }

    private(set) var uses: [String: Use] = [:]
    /// How many attempts were added.
    private(set) var count = 0

    public init() {}

    mutating func add(_ use: AttemptUse) {
        count += 1
        var known = uses.removeValue(forKey: use.executable) ?? Use()
        known.pipelines.insert(use.pipeline)
        known.attempts += 1
        let cores = Double(use.cores) * use.seconds
        known.coreSeconds += cores
        known.idleCoreSeconds += max(0, cores - use.cpuSeconds)
        let memory = Double(use.memory)
        known.memorySeconds += memory * use.seconds
        known.idleMemorySeconds += max(0, memory - use.peak) * use.seconds
        if use.hasCompleted {
            known.busyCores.append(use.busyCores)
            known.peaks.append(use.peak)
            known.seconds.append(use.seconds)
        }
        if known.last.map({ $0.ended <= use.ended }) ?? true { known.last = use }
        uses[use.executable] = known
    }
}
