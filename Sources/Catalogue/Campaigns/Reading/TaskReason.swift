public import Campaigns
import GroundSegment

/// Why a task is where it is, and which commands it takes there.
public struct TaskReason: Hashable, Sendable {
    /// One sentence.
    public let text: String
    private let state: TaskState

    public init(_ task: StoredCampaign.Task) {
        state = task.state
        text = "\(task.vector.key) is \(task.state.rawValue): \(Self.why(task))"
    }

    /// Those that are legal in its state.
    public var commands: [TaskCommand] {
        TaskCommand.allCases.filter { $0.legality(in: state) == .legal }
    }

    /// The commands on one line.
    public var commandList: String {
        commands.isEmpty ? "none" : commands.map(\.rawValue).joined(separator: ", ")
    }

    private static func why(_ task: StoredCampaign.Task) -> String {
        let (vector, jobs) = (task.vector, task.vector.jobs)
        switch task.state {
        case .registered:
            return vector.admission == .awaited
                ? "its campaign is not approved, or its date or product has not come"
                : "the next sweep takes it on"
        case .preprocessing: return step(vector.preparation, "prepares its inputs")
        case .merging: return step(vector.merging, "joins its outputs")
        case .pending:
            let missing = vector.inputs.filter { $0.available < $0.expected || $0.available == 0 }
            guard let first = missing.first else { return "the next sweep takes it on" }
            return "of \(first.data) \(first.available) of \(first.expected) parts are there"
        case .running, .scouting, .scouted:
            let lost = jobs.lost > 0 ? ", \(jobs.lost) are lost: retry lets them run again" : ""
            return "of \(jobs.total) jobs \(jobs.finished) are finished and \(jobs.active) are not"
                + " over\(lost)"
        case .paused:
            return "an operator holds it; it was \(vector.interrupted?.rawValue ?? "elsewhere")"
        case .exhausted:
            return "\(jobs.lost) of its first \(vector.policy.scouts) jobs failed, too many for an"
                + " estimate: retry or kill it"
        case .aborting, .finishing: return "\(jobs.active) of its jobs are not over yet"
        case .broken: return "an input will never come"
        default:
            return task.state.hasEnded
                ? "\(jobs.finished) jobs finished, \(jobs.lost) were lost"
                : "the next sweep takes it on"
        }
    }

    private static func step(_ progress: StepProgress, _ work: String) -> String {
        progress == .failed
            ? "the job that \(work) is lost: retry its order, or kill the task"
            : "a job \(work)"
    }
}
