/// By what a site chooses the next payload for a host.
public struct ChoiceRule: Hashable, Sendable {
    public enum Order: String, Hashable, Sendable, CaseIterable {
        /// Strictly by rank; behind one that waits for room only what does not delay it.
        case rank
        /// The best score of those for which there is room.
        case fitness
    }

    public var order: Order
    public var weights: FitnessWeights
    /// Whether by score, as by rank, room is kept for the best one where it does not fit.
    public var reserves: Bool
    /// Seconds in line after which the term `wait` grows no more.
    ///
    /// The usual three days, with the usual weights and half of the pilots for the largest first, are
    /// from a simulation of the LCG-2005 log (`Benchmarks/choice/notes.md`): of what was tried they
    /// leave large payloads and cores waiting less than plain backfill does, and nothing
    /// waits much longer. What has waited for longer than this is chosen by its other terms, so that small
    /// payloads are passed over: the longest wait is a third longer where this is one day.
    public var referenceWait: Double
    /// What part of the core-seconds each share is to have, in any unit; empty where none is kept.
    public var shares: [String: Double]

    public init(
        order: Order = .rank, weights: FitnessWeights = .standard, referenceWait: Double = 259_200,
        shares: [String: Double] = [:], reserves: Bool = false
    ) {
        self.order = order
        self.weights = weights
        self.referenceWait = max(1, referenceWait)
        self.shares = shares
        self.reserves = reserves
    }
}
