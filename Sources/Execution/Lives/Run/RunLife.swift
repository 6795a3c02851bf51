public import Workflows

/// The life of one run: its graph, and what has become of each payload.
///
/// It does nothing itself: each event gives the actions that its caller has to carry out, and a
/// run read back from the store tells with `resumed` what was still to be done. An event costs
/// what it changes, however many payloads the run has: each payload counts those that it still
/// waits for, and each that holds others counts its own.
///
/// Payloads are numbered: the graph's own nodes, the final node, and what nested and parallel
/// nodes and subjobs add when they begin.
public struct RunLife: Sendable {
    public internal(set) var graph: Graph
    /// PENDING, EXECUTING or how it ended; `isHeld` stands beside it.
    var phase: RunState
    public internal(set) var isHeld: Bool
    /// Why it was told to stop; `nil` where it was not.
    public internal(set) var stopReason: String?
    /// The status of the exit code that stopped it.
    public internal(set) var returnCode: Int?
    /// It completed though payloads did not.
    public internal(set) var isPartial: Bool
    /// The operator's: larger runs first.
    public internal(set) var priority: Int
    /// How it ended, or why it is held.
    public internal(set) var message: String

    var lives: [PayloadLife]
    var slots: [Slot]
    let rootDepths: [Int32]
    var segments: [Segment] = []
    var containers: [Container] = []
    /// Of the graph's own nodes, those that have not ended and those that ended otherwise than
    /// completed.
    var root = Tally()
    /// Payloads that hold no others, the final node's excepted: all, and those that ended
    /// otherwise than completed.
    var leaves = 0
    var badLeaves = 0
    /// Ended in the present event, their consequences not yet drawn.
    var ended: [Int] = []
    var changes = RunChanges()

    struct Tally: Hashable, Sendable {
        var open = 0
        var bad = 0
    }

    /// The most payloads of a run.
    public static let maximumCount = 2_000_000

    public init(graph: Graph) {
        self.graph = graph
        phase = .pending
        isHeld = false
        isPartial = false
        priority = 0
        message = ""
        let count = graph.body.nodes.count + (graph.final == nil ? 0 : 1)
        lives = Array(repeating: PayloadLife(), count: count)
        slots = Array(repeating: Slot(), count: count)
        rootDepths = graph.body.depths
        recount()
        changes.isRunChanged = true
        for number in lives.indices { touch(number) }
    }

    public var state: RunState { isHeld && !phase.isFinal ? .held : phase }

    /// What a command that reports it ends with: the status of the abort code that ended it
    /// (`ABORT-DAG-ON ... RETURN` of DAGMan), else the number of its state.
    public var exitStatus: Int {
        state.isFinal ? returnCode ?? state.exitStatus : state.exitStatus
    }

    /// Whether it was told to stop.
    public var isStopping: Bool { stopReason != nil }

    /// How many payloads it has.
    public var count: Int { lives.count }

    public subscript(_ number: Int) -> PayloadLife { lives[number] }

    /// Whether it has a payload of this number.
    public func contains(_ number: Int) -> Bool { lives.indices.contains(number) }

    /// Number of the final node.
    public var finalNumber: Int? { graph.final == nil ? nil : graph.body.nodes.count }

    /// What has changed since the last call.
    public mutating func takeChanges() -> RunChanges {
        for number in changes.payloads { slots[number].isChanged = false }
        defer { changes = RunChanges() }
        return changes
    }

    mutating func touch(_ number: Int) {
        guard !slots[number].isChanged else { return }
        slots[number].isChanged = true
        changes.payloads.append(number)
    }
}
