import GroundSegment
import Payloads

/// What the manager does with runs as a whole: those that are not submitted, those that wait for
/// others, and those that are to go.
extension RunnerState {
    /// Carries a command of the manager out; `nil` where it is another one, which goes its way.
    ///
    /// - Parameter run: as it is now, in hand or not.
    mutating func manage(
        _ command: RunnerCommand, _ given: GivenCommand, of run: Run, at now: MJD
    ) throws -> CommandAnswer? {
        switch command {
        case .enqueue: return try submitDraft(run, at: now)
        case .edit(_, let change): return try edit(run, change)
        case .link(_, let name): return try link(run, name, given.link)
        case .unlink(_, let name): return try unlink(run, name)
        case .remove: return try remove(run, isOpen: given.isOpen, at: now)
        case .release(_, payload: nil) where isOpenDraft(run):
            throw ExecutionError(
                .illegalTransition, "\(run.id) is not submitted; submit it to let it begin")
        case .restart where run.isDraft && run.life.state.isFinal:
            try submission(of: run)?.check(against: run.life.graph, isWhole: true)
            return nil
        default: return nil
        }
    }

    /// Whether a run waits to be submitted.
    private func isOpenDraft(_ run: Run) -> Bool { run.isDraft && !run.life.state.isFinal }

    private func submission(of run: Run) -> Submission? {
        if case .submission(let submission) = run.origin { submission } else { nil }
    }

    /// The manager's commands that are legal for a run now.
    func managed(_ run: Run, isOpen: Bool) -> [String] {
        var names = isOpenDraft(run) ? ["submit", "edit"] : []
        if run.isBeforeItsBegin { names.append("link") }
        if refusalOfRemoval(run, isOpen: isOpen) == nil { names.append("remove") }
        return names
    }

    private mutating func submitDraft(_ run: Run, at now: MJD) throws -> CommandAnswer {
        guard isOpenDraft(run), let submission = submission(of: run) else {
            throw ExecutionError(
                .illegalTransition, "\(run.id) is \(run.life.state.rawValue), not to be submitted")
        }
        try submission.check(against: run.life.graph, isWhole: true)
        markQueued(run.number, at: now)
        try apply(.release(nil), to: run.number, at: now)
        return answer("submitted", run.number, else: run)
    }

    /// From now on a run is submitted.
    mutating func markQueued(_ number: Int64, at now: MJD) {
        runs[number]?.isDraft = false
        runs[number]?.queued = now
        changes.queued.append((number, now))
    }

    private func answer(_ verb: String, _ number: Int64, else run: Run) -> CommandAnswer {
        let state = (runs[number] ?? run).life.state.rawValue
        return CommandAnswer(
            .done, "\(run.id): \(verb), now \(state)", run: run.id.text, state: state)
    }

    private mutating func edit(_ run: Run, _ change: DraftChange) throws -> CommandAnswer {
        guard isOpenDraft(run), let submission = submission(of: run) else {
            throw ExecutionError(
                .illegalTransition,
                "\(run.id) is \(run.life.state.rawValue): only what is not submitted is edited")
        }
        if let description = change.description { try Self.check(description: description) }
        let changed = try submission.changed(by: change)
        try changed.check(against: run.life.graph, isWhole: false)
        let description = change.description.map { printable($0.utf8, limit: .max) }
        runs[run.number]?.origin = .submission(changed)
        if let description { runs[run.number]?.description = description }
        changes.drafts.append(
            .init(
                run: run.number, origin: .submission(changed),
                description: description ?? run.description))
        return answer("edited", run.number, else: run)
    }

    static func check(description: String) throws {
        guard description.utf8.count <= DraftChange.longestDescription else {
            throw ExecutionError(
                .badCommand,
                "description: found \(description.utf8.count) bytes, "
                    + "expected \(DraftChange.longestDescription) at most")
        }
    }

    // MARK: - Links

    private mutating func link(
        _ run: Run, _ name: String, _ link: RunStore.Link?
    ) throws -> CommandAnswer {
        guard let link else { throw ExecutionError(.unknownItem, "there is no run \(name)") }
        let needed = current(link.needed)
        if run.needs.contains(where: { $0.number == needed.number }) {
            return answer("\(needed.reason) already", run.number, else: run)
        }
        guard link.way.isEmpty else {
            let way = ([run.number] + link.way).map(String.init).joined(separator: " -> ")
            throw ExecutionError(.badCommand, "\(run.id): found a cycle: \(way)")
        }
        guard run.isBeforeItsBegin else {
            throw ExecutionError(
                .illegalTransition,
                "\(run.id) is \(run.life.state.rawValue): only what has not begun is linked")
        }
        runs[run.number]?.needs.append(needed)
        changes.needs.append(.init(run: run.number, needed: needed, isNeeded: true))
        return answer(needed.reason, run.number, else: run)
    }

    private mutating func unlink(_ run: Run, _ name: String) throws -> CommandAnswer {
        guard let needed = run.needs.first(where: { "\($0.number)" == name || $0.id.text == name })
        else { throw ExecutionError(.unknownItem, "\(run.id) does not need run \(name)") }
        runs[run.number]?.needs.removeAll { $0.number == needed.number }
        changes.needs.append(.init(run: run.number, needed: needed, isNeeded: false))
        beginIfFree(run.number)
        return answer("run \(needed.number) is not needed any more", run.number, else: run)
    }

    /// A needed run as it is now.
    private func current(_ need: RunNeed) -> RunNeed {
        guard let run = runs[need.number] else { return need }
        var need = need
        need.state = run.life.state
        need.isDraft = run.isDraft
        return need
    }

    /// What a run needs, as it is now.
    func needs(of run: Run) -> [RunNeed] { run.needs.map(current) }

    /// Whether a run waits for others to complete.
    func isAwaiting(_ run: Run) -> Bool {
        run.life.state == .pending && run.needs.contains { !current($0).isMet }
    }

    /// A run is over, or was removed: those that need it are told.
    mutating func tellNeeding(_ number: Int64, _ state: RunState?) {
        for (other, run) in runs {
            guard let place = run.needs.firstIndex(where: { $0.number == number }) else { continue }
            runs[other]?.needs[place].state = state
            runs[other]?.needs[place].isDraft = false
            beginIfFree(other)
        }
    }

    private mutating func beginIfFree(_ number: Int64) {
        guard let run = runs[number], run.isToBeStaged, !isAwaiting(run), staging != number,
            !toStage.contains(number)
        else { return }
        toStage.append(number)
        stageNext()
    }

    // MARK: - Removal

    private mutating func remove(_ run: Run, isOpen: Bool, at now: MJD) throws -> CommandAnswer {
        if let refusal = refusalOfRemoval(run, isOpen: isOpen) {
            throw ExecutionError(.illegalTransition, "\(run.id) \(refusal)")
        }
        runs[run.number] = nil
        waits.end(run: run.number)
        parked.remove(run.number)
        changes.removed.append((run.number, now))
        effects.append(.sweepRemoved)
        tellNeeding(run.number, nil)
        return CommandAnswer(.done, "\(run.id): removed", run: run.id.text)
    }

    /// Why a run cannot be removed; `nil` where it can.
    private func refusalOfRemoval(_ run: Run, isOpen: Bool) -> String? {
        let life = run.life
        if run.order != nil, !life.state.isFinal || life.state == .completed {
            return life.state == .completed
                ? "is COMPLETED: its record is that of a survey's products"
                : "is \(life.state.rawValue) for an order; cancel it first"
        }
        if isOpen || isSending && run.order != nil { return "has something still to be told" }
        if life.state.isFinal { return nil }
        guard run.isBeforeItsBegin,
            (0..<life.count).allSatisfy({ life[$0].attempts == 0 })
        else { return "is \(life.state.rawValue): it has begun; cancel it first" }
        return nil
    }
}
