/// What an operator's program says to a runner: a line of JSON on the runner's socket.
struct ControlRequest: Codable, Sendable {
    /// Comes back with the answer.
    let id: Int
    /// Unique; a command that is given again under it is applied once.
    let request: String
    /// Who gives it.
    let by: String
    var command: RunnerCommand?
    var question: RunnerQuestion?
    /// Why a question is asked that has pilots or the runner end.
    var reason: String?
}

/// What a runner says to that.
struct ControlAnswer: Codable, Sendable {
    let id: Int
    var answer: CommandAnswer?
    var facts: RunnerFacts?
}

/// What only a runner that runs can say.
public enum RunnerQuestion: Hashable, Sendable, Codable {
    case status
    /// The rules by which attempts are judged.
    case rules
    /// Why payloads wait: of this run or of all, at most so many.
    case why(run: String?, limit: Int)
    /// How payloads in line suit hosts: of these runs and payloads (`RUN/PATH`) or of all, on this
    /// host or on all, at most so many.
    case score(of: [String], pilot: String?, limit: Int)
    /// The pilots.
    case pilots
    /// Have these pilots take nothing more and end, or all of them; those that have not begun are
    /// cancelled.
    case endPilots([String]?)
    /// Have the runner finish what is under way, take nothing more and end.
    case end
}

/// What a runner that runs says of itself.
public struct RunnerFacts: Hashable, Sendable, Codable {
    public var pid: Int32
    /// Runs in hand, by their state.
    public var runs: [String: Int] = [:]
    /// Payloads in line, and attempts that the host has.
    public var waiting: Int
    public var underWay: Int
    public var isDraining: Bool
    /// Whether the program that runs payloads is there.
    public var hasHost: Bool
    /// Whether the orders' source did not answer when it was last asked.
    public var isSourceAway: Bool
    public var reasons: [WaitReason] = []
    /// Further payloads that wait.
    public var more = 0
    /// Where they were asked for.
    public var rules: [VerdictRule]?
    /// Where they were asked for.
    public var scores: [PayloadScore]?
    /// Where they were asked for, and payloads run on such.
    public var pilots: [PilotFacts]?
    /// The pilots that were told to end.
    public var ended: [String]?
}

/// Why a run, or one of its payloads, does not go on; or why orders are not taken.
public struct WaitReason: Hashable, Sendable, Codable {
    /// The run's identifier; `orders of PIPELINE` where its orders are not taken.
    public let run: String
    /// Path of the payload; `nil` where the whole run waits.
    public let payload: String?
    public let state: String
    /// One line.
    public let reason: String

    /// What is told where orders of a pipeline are not taken.
    static func orders(of pipeline: String, reason: String) -> WaitReason {
        WaitReason(run: "orders of \(pipeline)", payload: nil, state: notTaken, reason: reason)
    }

    private static let notTaken = "NOT TAKEN"

    /// Whether it is of orders that are not taken, not of a run.
    public var isOfOrders: Bool { payload == nil && state == Self.notTaken }
}
