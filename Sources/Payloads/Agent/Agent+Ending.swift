import CProcess
import Glibc

/// From the end of a process to the result.
extension Agent {
    /// Takes the exit status of every child that has ended.
    mutating func reap() {
        while true {
            let process = cprocess_ended_child()
            guard process > 0 else { return }
            let attempt = byProcess.removeValue(forKey: process)
            let transferred = ProcessFacts.transferred(in: attempt?.transfers)
            var status: Int32 = 0
            var usage = rusage()
            guard wait4(process, &status, WNOHANG, &usage) == process else { continue }
            if process == enclosure.adopter { renewEnclosure() }
            if let (attempt, result) = clearing.removeValue(forKey: process) {
                deliver(result, attempt, AgentClock.monotonic)
            }
            guard let attempt else { continue }
            attempt.note(status: status, usage: usage, transferred: transferred)
            act(attempt.life.apply(.exited, at: AgentClock.monotonic), on: attempt)
        }
    }

    /// The first process of the namespace is gone, and all that was in it: a new one is made.
    private mutating func renewEnclosure() {
        cprocess_leave()
        if let renewed = try? Enclosure(asNamespace: configuration.usesNamespace) {
            enclosure = renewed
        }
    }

    /// Kills all processes of an attempt; what they start meanwhile goes with the next call.
    func killTree(of attempt: ActiveAttempt) {
        let processes = ProcessTree.withDescendants(
            [attempt.process] + orphans.surely(of: attempt.order.id)
                + (attempt.group?.processes() ?? []))
        kill(-attempt.process, SIGKILL)
        for process in processes { kill(process, SIGKILL) }
    }

    /// Looks for orphans of all attempts.
    mutating func updateOrphans() {
        let children = ProcessTree.childrenOfTask(enclosure.adopter).filter {
            byProcess[$0] == nil && clearing[$0] == nil && $0 != enclosure.adopter
        }
        guard !children.isEmpty || !orphans.isEmpty else { return }
        orphans.update(
            children: children,
            owners: active.values.filter { $0.process > 0 }.map { attempt in
                let mark = AttemptMark(
                    resolved: home, id: attempt.order.id, token: attempt.order.token)
                return Orphans.Owner(
                    id: attempt.order.id, process: attempt.process,
                    mark: mark.entries,
                    lock: FileIdentity(attempt.lock))
            })
    }

    /// Kills what the main process of an attempt has left, until nothing is.
    mutating func sweep(_ attempt: ActiveAttempt) {
        updateOrphans()
        let own =
            orphans.only(of: attempt.order.id, alive: Set(active.keys))
            + (attempt.group?.processes() ?? [])
        let left = ProcessTree.withDescendants(own).filter { ProcessFacts($0)?.isZombie == false }
        guard !left.isEmpty else {
            attempt.message = ""
            act(attempt.life.apply(.swept, at: AgentClock.monotonic), on: attempt)
            return
        }
        for process in left where kill(process, SIGKILL) == 0 { attempt.strays.insert(process) }
        attempt.message = "\(left.count) processes could not be ended"
    }

    /// By what it is known that memory was short: the counter of its control group, else the
    /// kernel's own report of a kill that is not the agent's.
    private mutating func weighMemory(of attempt: ActiveAttempt) {
        if var group = attempt.group {
            if group.takeKills() > 0 { attempt.evidence = .cgroup }
            attempt.group = nil
            // One in which something still lives is not used again.
            if !attempt.hasRemains { controlGroups?.giveBack(group) }
        }
        if attempt.evidence == nil, attempt.life.cause == nil,
            attempt.exit == .signal(Int(SIGKILL)),
            KernelLog.hasKilled([attempt.process], since: attempt.start)
        {
            attempt.evidence = .kernel
        }
    }

    /// The most entries of a temporary folder that are removed while all else waits.
    private static let mostEntries = 2000

    /// Removes a folder in a process of its own, its id; `nil` where there is none.
    private func removeApart(_ folder: String) -> pid_t? {
        let start = Start(
            program: "/proc/self/exe", arguments: ["clear", folder], environment: [], folder: "/",
            standardOutput: nothing, standardError: nothing, lock: nil, mounts: nil, group: nil,
            addressSpace: nil)
        guard case .started(let process) = start.run(standardInput: nothing) else { return nil }
        return process
    }

    /// Completes an attempt's result and writes it.
    mutating func finish(_ attempt: ActiveAttempt) {
        let now = AgentClock.monotonic
        active[attempt.order.id] = nil
        byProcess[attempt.process] = nil
        room.release(attempt.claim)
        follow(attempt.order)
        for log in attempt.logs { log.trim() }
        weighMemory(of: attempt)
        var result = attempt.result(at: now)
        if result.isUnexplained, isJob ? isToldToEnd() : isEndedWithPilot(result) {
            result.ended = .agentEnded
        }
        if let temporary = attempt.order.temporaryFolder,
            !temporaryFolders.takeBack(
                temporary, isUsed: attempt.hasRemains, budget: Self.mostEntries),
            let process = removeApart(temporary)
        {
            clearing[process] = (attempt, result)
        } else {
            deliver(result, attempt, now)
        }
    }

    /// Writes a result and tells it; where it cannot be written, that is tried again.
    private mutating func deliver(
        _ result: AttemptResult, _ attempt: ActiveAttempt, _ now: Double
    ) {
        do {
            try attempt.folder.write(result)
        } catch {
            attempt.unwrittenResult = result
            unwritten.append(attempt)
            nextWriting = now + 1
            return
        }
        results[result.id] = Kept(
            place: resultCount, result: result, folder: attempt.order.folder)
        resultCount += 1
        tell(.ended(result))
    }

    mutating func writeAgain(_ now: Double) {
        nextWriting = nil
        let attempts = unwritten
        unwritten = []
        for attempt in attempts {
            if let result = attempt.unwrittenResult { deliver(result, attempt, now) }
        }
    }

    /// Removes folders with all in them: the work of the process that the agent starts for a large
    /// one.
    ///
    /// - Returns: the exit status, 0 when nothing is left of them.
    public static func clear(_ folders: [String]) -> Int32 {
        folders.allSatisfy { FolderTree.remove($0) } ? 0 : 73
    }
}
