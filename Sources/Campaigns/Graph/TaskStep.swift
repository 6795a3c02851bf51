import GroundSegment

/// What a pipeline does that runs once for a task: one job besides the task's own.
public enum TaskStep: String, Hashable, Sendable, CaseIterable {
    /// Before the jobs, which read what it makes besides their own inputs.
    case prepare
    /// After the jobs: it joins what they wrote, for those who read all of it.
    case merge

    /// Whether its job may begin in a state of its task: what prepares does after a retry, too,
    /// where an operator ended it.
    public func isDue(in state: TaskState) -> Bool {
        switch self {
        case .prepare: [.preprocessing, .ready, .scouting, .scouted, .running].contains(state)
        case .merge: state == .merging
        }
    }
}

extension CampaignTask {
    /// The step as a task of its own, whose one job is for the whole campaign; `nil` where there is
    /// no such step.
    public func step(_ step: TaskStep) -> CampaignTask? {
        guard let pipeline = step == .prepare ? preparation : merging else { return nil }
        return CampaignTask(
            id: ID("\(id)+\(step.rawValue)"), pipeline: pipeline, release: release,
            unit: .campaign, inputs: step == .prepare ? inputs : Array(outputs.prefix(1)),
            priority: priority,
            policy: TaskPolicy(
                // What is lost of the outputs is left out.
                isPartial: step == .merge || policy.isPartial,
                coverage: step == .merge ? 0 : policy.coverage))
    }

    /// Whether each of its jobs reads all of a data set that a task makes, rather than its own
    /// part.
    public func readsAll(_ data: DataSet?) -> Bool {
        guard let data else { return false }
        switch (data.unit, unit) {
        case (.observation, .tile), (.tile, .observation), (.observation, .observation),
            (.tile, .tile), (.number, .number):
            return false
        default: return true
        }
    }
}
