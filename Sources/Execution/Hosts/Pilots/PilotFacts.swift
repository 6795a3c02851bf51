/// A pilot as an operator sees it.
public struct PilotFacts: Hashable, Sendable, Codable {
    /// Its own name.
    public var pilot: String
    /// Its class.
    public var kind: String
    /// `SUBMITTED`, `WAITING`, `RUNNING`, `DONE`, `DONE_EMPTY`, `FAILED`, `DELETED`, `ABORTED` or
    /// `UNKNOWN`.
    public var state: String
    /// The batch system's own word, and its reason; empty where it has told nothing.
    public var native: String
    public var reason: String
    /// The batch system's number; empty where it has none.
    public var id: String
    /// The host that it runs on; empty where it has not told.
    public var host: String
    /// When it came into its state, seconds since 1970-01-01 UTC.
    public var since: Double
    /// When it ends at the latest, seconds since 1970-01-01 UTC.
    public var end: Double?
    public var cores: Int
    /// Cores that payloads use.
    public var coresUsed: Int
    /// MiB.
    public var memory: Int
    public var memoryUsed: Int
    /// Payloads that it runs, and that had a result.
    public var running: Int
    public var payloads: Int
    /// Whether its connection is there, and whether it takes nothing any more.
    public var isConnected: Bool
    public var isDraining: Bool

    public var isOver: Bool { PilotLife.State(rawValue: state)?.isFinal ?? false }
}

/// What a runner has in line, and what its hosts have free.
struct HostDemand: Sendable {
    var lines: [PilotPool.Demand] = []
    var hosts: [HostID: Use] = [:]

    struct Use: Hashable, Sendable {
        var total: Amounts
        var free: Amounts
        /// Attempts, or clusters of attempts.
        var count: Int
    }
}
