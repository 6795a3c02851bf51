/// What a runner did until it ended.
public struct RunnerOutcome: Hashable, Sendable {
    /// Orders completed.
    public internal(set) var completed = 0
    /// Orders that ended without their outputs.
    public internal(set) var failed = 0
    /// Runs that are left for the next start.
    public internal(set) var unfinished = 0
    /// Of these, the runs whose inputs are only at SDCs in a full outage.
    public internal(set) var awaitingOutage = 0
    /// Replicas that wait for their SDC to be up.
    public internal(set) var pendingReplicas = 0
    /// Letters that the orders' source refused.
    public internal(set) var setAside = 0
    /// Of the unfinished runs, those that wait for a storage that cannot be used.
    public internal(set) var awaitingStorage = 0
    /// Released orders that wait for an order which ended without its outputs.
    public internal(set) var blocked = 0

    /// Released orders that are not started, because an outage would begin before they ended.
    public internal(set) var held = 0

    public init() {}
}
