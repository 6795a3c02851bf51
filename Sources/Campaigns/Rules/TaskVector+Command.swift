extension TaskVector {
    /// The vector after an operator's command: the task's state at once, and what the rules have
    /// to know to carry it out.  Lost jobs that are to be tried again count as not yet defined from
    /// then on.  What else has to happen to jobs is for who has them: cancelling where the task is
    /// `aborting`, taking back where it is `reassigning`.
    ///
    /// - Throws: `RefusedCommand` where the command is not legal in the task's state.
    public func after(_ command: TaskCommand) throws(RefusedCommand) -> TaskVector {
        if case .refused(let reason) = command.legality(in: state) {
            throw RefusedCommand(command: command, state: state, reason: reason)
        }
        var vector = self
        vector.interrupted = nil
        if let transient = command.states.transient { vector.state = transient }
        switch command {
        case .pause: vector.interrupted = state
        case .resume: vector.state = interrupted ?? .defined
        case .release: vector.isReleased = true
        case .finish: vector.isCutShort = true
        case .retry, .incexec:
            vector.isCutShort = false
            vector.jobs.lost = 0
            if scouts == .failed { vector.scouts = .open }
        case .avalanche: vector.scouts = .none
        case .reassign: vector.placement = .open
        case .kill: break
        }
        return vector
    }

    /// What helps a task after an SDC was lost: its command, or `nil` where it needs none.
    public var recovery: TaskCommand? {
        switch state {
        case .finished, .failed, .exhausted: .retry
        case .assigning, .ready, .scouting, .scouted, .running, .throttled: .reassign
        default: nil
        }
    }
}
