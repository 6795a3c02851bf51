/// What is done about a payload of a node that does not complete.
public struct NodePolicy: Hashable, Sendable {
    /// Attempts that may fail by themselves before the payload has failed; at least 1.
    public let attempts: Int
    /// Exit codes after which it is not tried again.
    public let finalCodes: [Int]
    /// Attempts that may be lost to the machine, on top of the others.
    public let losses: Int
    /// By what the memory is multiplied after a detected want of memory; 1 never grows.
    public let memoryMultiplier: Double
    /// MiB that the growing memory never exceeds; it runs once at the cap.
    public let memoryCap: Int?
    /// Seconds before the second attempt, and by what each further wait is multiplied.
    public let wait: Double
    public let waitFactor: Double
    /// Exit codes that end the whole run at once, and the status with which it then ends.
    public let abortCodes: [Int: Int]
    /// The name of the category whose limit counts for it; none where empty.
    public let category: String
    /// Of the parts of a parallel node, those that may fail.
    public let tolerance: Tolerance
    /// Larger runs first among the ready payloads of a run.
    public let priority: Int
    /// After how many measured payloads of this node the request of the rest is lowered or raised
    /// to what they used; 0 never.
    public let scouts: Int
    /// Whose first payloads those are, and who learns from them.
    public let scoutGroup: ScoutGroup
    /// How short payloads of this node are handed to a host together; as the submission or the
    /// runner says where `nil`.
    public let cluster: ClusterTerms?

    /// Payloads that learn from each other's use.
    public enum ScoutGroup: String, Hashable, Sendable, CaseIterable {
        case node
        /// Those of all nodes of the category that say so; the node's where it has no category.
        case category
    }

    public init(
        attempts: Int = 3, finalCodes: [Int] = [], losses: Int = 20, memoryMultiplier: Double = 2,
        memoryCap: Int? = nil, wait: Double = 0, waitFactor: Double = 3,
        abortCodes: [Int: Int] = [:], category: String = "", tolerance: Tolerance = .none,
        priority: Int = 0, scouts: Int = 0, scoutGroup: ScoutGroup = .node,
        cluster: ClusterTerms? = nil
    ) {
        self.attempts = attempts
        self.finalCodes = finalCodes
        self.losses = losses
        self.memoryMultiplier = memoryMultiplier
        self.memoryCap = memoryCap
        self.wait = wait
        self.waitFactor = waitFactor
        self.abortCodes = abortCodes
        self.category = category
        self.tolerance = tolerance
        self.priority = priority
        self.scouts = scouts
        self.scoutGroup = scoutGroup
        self.cluster = cluster
    }
}
