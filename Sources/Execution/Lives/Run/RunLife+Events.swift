public import GroundSegment
import Workflows

extension RunLife {
    /// Takes an event and tells what is to be done for it.
    ///
    /// What another attempt than the present one says, and answers to what is no longer asked,
    /// change nothing.
    /// - Throws: `ExecutionError` of code `illegalTransition`; nothing has changed then.
    public mutating func apply(_ event: RunEvent, at now: MJD) throws -> [RunAction] {
        var actions: [RunAction] = []
        switch event {
        case .inputsStaged, .inputsMissing, .outputsStored, .storingFailed:
            applyToRun(event, &actions)
        case .listed(let number, let elements):
            guard try expects(.ready, number, where: isParallel) else { return [] }
            list(number, elements, &actions)
        case .listFailed(let number, let text):
            guard try expects(.ready, number, where: isParallel) else { return [] }
            fail(number, text)
        case .resources(let number, let resources):
            guard try expects(.ready, number, where: isDynamic) else { return [] }
            guard lives[number].resources == nil else { return [] }
            guard resources.arePossible else {
                fail(number, "resources that nothing can have: \(resources.summary)")
                break
            }
            touch(number)
            lives[number].resources = resources
            queue(number, &actions)
        case .resourcesFailed(let number, let text):
            guard try expects(.ready, number, where: isDynamic) else { return [] }
            fail(number, text)
        case .refused(let number, let text):
            guard try expects(.ready, number, where: isProcess) else { return [] }
            fail(number, text)
        case .assigned, .withdrawn, .started, .ended, .subjobs, .reused:
            try applyToAttempt(event, at: now, &actions)
        case .hold, .release, .cancel, .priority, .forced:
            try applyOperator(event, at: now, &actions)
        case .restart(let restart):
            try apply(restart, &actions)
        }
        settle(&actions)
        return actions
    }

    /// What is to be done for a run that was taken now or was read back from the store. What was
    /// under way at hosts is looked for by the caller.
    public mutating func resumed(at now: MJD) -> [RunAction] {
        guard !isHeld else { return [] }
        switch phase {
        case .pending: return [.stageInputs]
        case .executing:
            var actions: [RunAction] = []
            let counted = counted()
            for number in lives.indices where counted[number] {
                switch lives[number].state {
                case .ready: offer(number, &actions)
                case .assigned where isToStop(number): actions.append(.withdraw(number))
                case .running where isToStop(number) && isProcess(number):
                    actions.append(.kill(number))
                default: break
                }
            }
            settle(&actions, fromTheBegin: true)
            return actions
        default: return []
        }
    }

    private mutating func applyToRun(_ event: RunEvent, _ actions: inout [RunAction]) {
        switch (phase, event) {
        case (.pending, .inputsStaged):
            enter(.executing)
            sweep(&actions)
            settle(&actions, fromTheBegin: true)
        case (.pending, .inputsMissing(let text)):
            for number in counted().indicesOfTrue where !lives[number].state.isFinal {
                end(number, .pruned)
            }
            finish(.error, .fail, text, &actions)
        case (.executing, .outputsStored) where isComplete:
            isPartial = badLeaves > 0
            finish(.completed, .complete, isPartial ? failureMessage() : "", &actions)
        case (.executing, .storingFailed(let text)) where isComplete:
            finish(.error, .fail, text, &actions)
        // The answer to what was asked before an operator stopped or restarted the run.
        default: break
        }
    }

    private mutating func applyToAttempt(
        _ event: RunEvent, at now: MJD, _ actions: inout [RunAction]
    ) throws {
        switch event {
        case .assigned(let number, let attempt):
            try check(number, where: isProcess)
            guard lives[number].state == .ready, attempt == lives[number].attempts + 1, !isHeld,
                !isToStop(number)
            else { throw illegal("assigned as attempt \(attempt)", number) }
            touch(number)
            lives[number].begin()
        case .withdrawn(let number, let attempt):
            try check(number, where: isProcess)
            guard lives[number].attempts == attempt, lives[number].state == .assigned else {
                return
            }
            if isToStop(number) {
                end(number, .aborted)
            } else {
                touch(number)
                lives[number].become(.ready)
                queue(number, &actions)
            }
        case .started(let number, let attempt):
            try check(number, where: isProcess)
            guard lives[number].attempts == attempt, lives[number].state == .assigned else {
                return
            }
            touch(number)
            lives[number].become(.running)
            if isToStop(number) { actions.append(.kill(number)) }
        case .ended(let number, let attempt, let verdict):
            try check(number, where: isProcess)
            guard lives[number].attempts == attempt else { return }
            if lives[number].state == .assigned { lives[number].become(.running) }
            guard lives[number].state == .running else { return }
            touch(number)
            conclude(number, verdict, at: now, &actions)
        case .subjobs(let number, let attempt, let subjobs):
            try check(number, where: isProcess)
            guard lives[number].attempts == attempt, lives[number].state == .running else { return }
            try ask(number, subjobs)
        case .reused(let number):
            try check(number, where: isProcess)
            guard phase == .executing, [.unready, .ready].contains(lives[number].state) else {
                return
            }
            if lives[number].state == .ready { actions.append(.dequeue(number)) }
            end(number, .completed)
        default: break
        }
    }

    /// Draws the consequence of an attempt's end.
    private mutating func conclude(
        _ number: Int, _ verdict: Verdict, at now: MJD, _ actions: inout [RunAction]
    ) {
        switch verdict {
        case .completed:
            if lives[number].asked == nil {
                end(number, .completed)
            } else if isToStop(number) {
                end(number, .aborted)
            } else {
                begin(subjobsOf: number, &actions)
            }
        case .retry(let retry):
            if isToStop(number) {
                lives[number].count(retry.blame, retry.message)
                end(number, .aborted)
            } else {
                lives[number].wait(retry, at: now)
                queue(number, &actions)
            }
        case .failed(let blame, let text):
            lives[number].count(blame, text)
            end(number, isToStop(number) ? .aborted : .failed)
        case .held(let text):
            lives[number].count(.payload, text)
            if isToStop(number) { end(number, .aborted) } else { lives[number].become(.held) }
        case .aborted(let text):
            lives[number].message = text
            lives[number].asked = nil
            end(number, .aborted)
        case .abortRun(let status, let text):
            lives[number].count(.payload, text)
            end(number, .failed)
            if !isStopping {
                returnCode = status
                stop("step \(path(number)): \(text)", &actions)
            }
        }
    }

    /// Whether a payload is in the state in which this is an answer to what was asked.
    private func expects(
        _ state: PayloadState, _ number: Int, where isKind: (Int) -> Bool
    ) throws -> Bool {
        try check(number, where: isKind)
        return lives[number].state == state && phase == .executing
    }

    func check(_ number: Int, where isKind: (Int) -> Bool = { _ in true }) throws {
        guard contains(number) else {
            throw ExecutionError(.illegalTransition, "the run has no payload \(number)")
        }
        guard isKind(number) else {
            throw ExecutionError(
                .illegalTransition, "payload \(path(number)): not for a node of its kind")
        }
    }

    func illegal(_ what: String, _ number: Int? = nil) -> ExecutionError {
        if let number {
            return ExecutionError(
                .illegalTransition,
                "payload \(path(number)): \(what) in state \(lives[number].state.rawValue)")
        }
        return ExecutionError(.illegalTransition, "run: \(what) in state \(state.rawValue)")
    }

    func isDynamic(_ number: Int) -> Bool { node(number).resourcesFrom != nil }
}

extension [Bool] {
    var indicesOfTrue: [Int] { indices.filter { self[$0] } }
}
