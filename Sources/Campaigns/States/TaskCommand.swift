/// What an operator can tell a task.
public enum TaskCommand: String, Hashable, Sendable, CaseIterable {
    /// Cancel its jobs and end it.
    case kill
    /// Define no more jobs, wait for those that run, and take what there is.
    case finish
    /// Define lost jobs again.
    case retry
    /// Look up its inputs again and define jobs for what is new (incremental execution).
    case incexec
    /// Give its jobs that have not ended to another place.
    case reassign
    /// Hold it: no more jobs are defined.
    case pause
    /// Go on from where it was paused.
    case resume
    /// Do not wait for its scouts: define all jobs now.
    case avalanche
    /// Do not wait for inputs that are late, or for other tasks' jobs: go on with what is there.
    case release

    /// The states in which it may be given.
    public var legalStates: Set<TaskState> {
        switch self {
        case .kill:
            [
                .registered, .defined, .assigning, .ready, .pending, .scouting, .scouted, .running,
                .merging, .finishing, .topreprocess, .preprocessing, .toretry, .toincexec,
                .rerefine, .toreassign, .reassigning, .paused, .throttled, .exhausted,
            ]
        case .finish:
            [.ready, .pending, .scouting, .scouted, .running, .paused, .throttled, .exhausted]
        case .retry: [.finished, .failed, .aborted, .exhausted]
        case .incexec: [.done, .finished, .failed, .aborted, .exhausted]
        case .reassign:
            [
                .defined, .assigning, .ready, .pending, .scouting, .scouted, .running, .throttled,
                .exhausted,
            ]
        case .pause:
            [
                .registered, .defined, .assigning, .ready, .pending, .scouting, .scouted, .running,
                .merging, .preprocessing, .throttled,
            ]
        case .resume: [.paused]
        case .avalanche: [.scouting]
        case .release: [.pending, .throttled]
        }
    }

    /// The state that a command brings a task into at once, and the one that it is meant for.
    ///
    /// `nil` where it leads to none of its own: `resume` goes back to where the task was, and
    /// `release` leaves it where it is and lets the rules take it on.
    public var states: (transient: TaskState?, lasting: TaskState?) {
        switch self {
        case .kill: (.aborting, .toabort)
        case .finish: (.finishing, .passed)
        case .retry: (.toretry, .ready)
        case .incexec: (.toincexec, .rerefine)
        case .reassign: (.toreassign, .reassigning)
        case .pause: (.paused, nil)
        case .resume: (nil, nil)
        case .avalanche: (.scouted, nil)
        case .release: (nil, nil)
        }
    }

    /// Whether a command may be given to a task, or why not.
    public func legality(in state: TaskState) -> Legality {
        if legalStates.contains(state) { return .legal }
        let states = TaskState.allCases.filter(legalStates.contains).map(\.rawValue)
        let rule = "\(rawValue) is for tasks that are \(Self.list(states))"
        let reason =
            switch (self, state.standing) {
            case (_, .ended): "the task has ended as \(state.rawValue)"
            case (_, .changing):
                "the task is \(state.rawValue): what was asked of it before is not over yet"
            case (.resume, _): "the task is \(state.rawValue), not paused"
            case (_, .held): "the task is \(state.rawValue)"
            case (.retry, _), (.incexec, _): "the task is \(state.rawValue): it has not ended yet"
            default: "the task is \(state.rawValue)"
            }
        return .refused("\(reason); \(rule)")
    }

    public enum Legality: Hashable, Sendable {
        case legal
        /// One sentence for people: what the task is, and where the command is legal.
        case refused(String)
    }

    private static func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

/// A command that a task's state does not allow.
public struct RefusedCommand: Error, Hashable, Sendable, CustomStringConvertible {
    public let command: TaskCommand
    public let state: TaskState
    /// Why, and where it is legal.
    public let reason: String

    public var description: String { "\(command.rawValue) refused: \(reason)" }
}
