/// A run as a store has it, beside its graph.
public struct RunRecord: Hashable, Sendable {
    public var state: RunState
    /// What a held run was, and is again when it is released.
    public var heldFrom: RunState?
    /// Why it was told to stop; `nil` where it was not.
    public var stopReason: String?
    /// The status of the code that stopped it.
    public var returnCode: Int?
    public var isPartial: Bool
    public var priority: Int
    /// How it ended, or why it is held.
    public var message: String
    /// In the order in which they were made.
    public var expansions: [Expansion]
    /// By number; those that are not here are as they were when they were made.
    public var payloads: [Int: PayloadLife]

    public init(
        state: RunState = .pending, heldFrom: RunState? = nil, stopReason: String? = nil,
        returnCode: Int? = nil, isPartial: Bool = false, priority: Int = 0, message: String = "",
        expansions: [Expansion] = [], payloads: [Int: PayloadLife] = [:]
    ) {
        self.state = state
        self.heldFrom = heldFrom
        self.stopReason = stopReason
        self.returnCode = returnCode
        self.isPartial = isPartial
        self.priority = priority
        self.message = message
        self.expansions = expansions
        self.payloads = payloads
    }
}

/// A line of a run's log of the payloads that it was given while it ran: replayed in order it
/// gives the same payloads the same numbers.
public struct Expansion: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// The body of a nested node.
        case nested
        /// The body of a parallel node for each of these.
        case parallel([String])
        /// What a payload asked for from inside.
        case subjobs(Subjobs)
        /// Its parts no longer count: they will be made again.
        case withdrawn
    }

    /// Number of the payload that holds them.
    public let container: Int
    public let content: Content

    public init(container: Int, _ content: Content) {
        self.container = container
        self.content = content
    }
}

/// What has changed of a run since it was last asked.
public struct RunChanges: Hashable, Sendable {
    /// Each once, in no particular order.
    public internal(set) var payloads: [Int] = []
    /// To be appended to those that the store has.
    public internal(set) var expansions: [Expansion] = []
    /// Whether its state, message, priority or another of its own fields changed.
    public internal(set) var isRunChanged = false
    /// Whether an operator gave it a corrected graph.
    public internal(set) var isGraphChanged = false

    public var isEmpty: Bool {
        payloads.isEmpty && expansions.isEmpty && !isRunChanged && !isGraphChanged
    }
}
