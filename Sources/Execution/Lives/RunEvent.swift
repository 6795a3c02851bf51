public import GroundSegment
public import Workflows

/// What happens to a run. Payloads are named by their numbers in it.
public enum RunEvent: Hashable, Sendable {
    case inputsStaged
    case inputsMissing(String)
    case outputsStored
    case storingFailed(String)
    /// The elements of a parallel node's list.
    case listed(Int, [String])
    case listFailed(Int, String)
    /// What an earlier payload's output says that a payload needs.
    case resources(Int, Workflows.Resources)
    case resourcesFailed(Int, String)
    /// It needs more than there is.
    case refused(Int, String)
    /// A host was chosen; `attempt` is one more than the attempts begun so far.
    case assigned(Int, attempt: Int)
    /// It was taken back before its process began.
    case withdrawn(Int, attempt: Int)
    case started(Int, attempt: Int)
    case ended(Int, attempt: Int, Verdict)
    /// A kept result of the same command, inputs and release stands for it.
    case reused(Int)
    /// What a running payload asks for from inside.
    case subjobs(Int, attempt: Int, Subjobs)
    /// Nothing more of the payload, or of the run, starts.
    case hold(Int?, String)
    case release(Int?)
    case cancel(String)
    /// Of the payload, or of the run.
    case priority(Int?, Int)
    case restart(Restart)
    /// An operator ends a held payload: it completed or not.
    case forced(Int, completed: Bool, String)
}

/// What its caller has to do for a run.
public enum RunAction: Hashable, Sendable {
    case stageInputs
    /// The payload may run: put it in line, or replace it there.
    case queue(Int)
    /// Take it out of the line.
    case dequeue(Int)
    /// Answered by `listed` or `listFailed`.
    case readList(Int)
    /// Answered by `resources` or `resourcesFailed`.
    case readResources(Int)
    /// Take it back from its host, or end it where it has begun.
    case withdraw(Int)
    /// End its process.
    case kill(Int)
    case storeOutputs
    /// Tell where the run came from how it ended.
    case report(OrderState.Event, String)
}

/// What is done again of a run.
public struct Restart: Hashable, Sendable {
    public enum Scope: Hashable, Sendable {
        /// All that did not complete.
        case failed
        /// This payload, whatever became of it, and all that is made from what it makes.
        case from(Int)
    }

    public let scope: Scope
    /// What payloads need in place of what they asked for; of a node that holds others, all that
    /// it holds.
    public let resources: [Int: Workflows.Resources]
    /// The same nodes with other programs, resources or policies; as before where `nil`.
    public let graph: Graph?
    /// Completed payloads whose files are gone: they and all that follows from them are done
    /// again as well.
    public let lost: Set<Int>
    /// Nothing that was done elsewhere stands for what is done again.
    public let isForced: Bool

    public init(
        _ scope: Scope = .failed, resources: [Int: Workflows.Resources] = [:], graph: Graph? = nil,
        lost: Set<Int> = [], isForced: Bool = false
    ) {
        self.scope = scope
        self.resources = resources
        self.graph = graph
        self.lost = lost
        self.isForced = isForced
    }
}
