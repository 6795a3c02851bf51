import GroundSegment
import Logging
import Payloads
import Workflows

/// The first payloads of a node or of a category run before the others, which are given what those
/// used.
extension RunnerState {
    /// The payloads of a node while its first ones are measured.
    struct Scouting: Sendable {
        /// In line, or with the host.
        var given: Set<Int> = []
        /// They wait for what is measured.
        var parked: Set<Int> = []
    }

    /// How many payloads of a node are measured before the others; 0 where none are.
    private func scoutCount(of node: Node) -> Int {
        node.policy.scouts > 0 ? node.policy.scouts : configuration.scouts
    }

    /// Whether a ready payload has to wait for what the first ones of its node use; those are
    /// counted here.
    mutating func isParked(_ payload: Int, of run: Run) -> Bool {
        let count = scoutCount(of: run.life.node(payload))
        guard count > 0, payload != run.life.finalNumber else { return false }
        let label = run.life.scoutGroup(of: payload)
        let scouts = run.scouts[label] ?? Scouts(count: count)
        guard scouts.memory == nil else { return false }
        var all = scouting[run.number]?[label] ?? Scouting()
        let isGiven =
            all.given.contains(payload) || all.given.count + scouts.measured < scouts.count
        if isGiven { all.given.insert(payload) } else { all.parked.insert(payload) }
        scouting[run.number, default: [:]][label] = all
        return !isGiven
    }

    /// A payload that waited for the first ones of its node is not to run now.
    mutating func unpark(_ payload: Int, of number: Int64) {
        guard scouting[number] != nil, let label = runs[number]?.life.scoutGroup(of: payload) else {
            return
        }
        scouting[number]?[label]?.parked.remove(payload)
    }

    /// Takes what a payload that completed has used.
    mutating func learn(_ key: AttemptKey, _ result: AttemptResult, at now: MJD) {
        guard let run = runs[key.run] else { return }
        let count = scoutCount(of: run.life.node(key.payload))
        guard count > 0 else { return }
        let label = run.life.scoutGroup(of: key.payload)
        var scouts = run.scouts[label] ?? Scouts(count: count)
        let usage = result.usage
        let isNew = scouts.add(
            peak: (max(usage.peakMemory, usage.peakTree, 0) + 1023) / 1024,
            seconds: result.end - result.start, grownTo: run.life[key.payload].memory,
            of: label == run.life.label(key.payload)
                ? run.life.extent(around: key.payload, of: "").payloads : nil)
        runs[key.run]?.scouts[label] = scouts
        changes.scouts.append((key.run, label, scouts))
        guard isNew, let memory = scouts.memory, let run = runs[key.run] else { return }
        logger.notice(
            "learnt",
            metadata: metadata(
                run,
                [
                    "step": "\(label)", "of": "\(scouts.measured)", "memory": "\(memory)",
                    "walltime": "\(scouts.walltime ?? 0)",
                ]))
        for payload in 0..<run.life.count
        where queue.entry(ReadyQueue.Key(run: run.number, number: payload)) != nil
            && run.life.scoutGroup(of: payload) == label
        {
            line(payload, of: run, at: now)
        }
    }

    /// Payloads have ended or come back: others of their nodes may begin.
    mutating func release(after changed: [Int], of number: Int64, at now: MJD) throws {
        guard scouting[number]?.isEmpty == false, let life = runs[number]?.life else { return }
        let ended = changed.filter {
            life.isProcess($0) && (life[$0].state.isFinal || life[$0].state == .held)
        }
        for label in Set(ended.map(life.scoutGroup)).sorted() where scouting[number]?[label] != nil
        {
            scouting[number]?[label]?.given.subtract(ended)
            try release(label, of: number, at: now)
        }
    }

    private mutating func release(_ label: String, of number: Int64, at now: MJD) throws {
        guard let run = runs[number], let all = scouting[number]?[label] else { return }
        let ready = all.parked.sorted().filter { run.life[$0].state == .ready }
        guard run.scouts[label]?.memory == nil else {
            scouting[number]?[label] = nil
            for payload in ready { try offer(payload, of: number, at: now) }
            return
        }
        let count =
            run.scouts[label]?.count ?? ready.first.map { scoutCount(of: run.life.node($0)) } ?? 0
        let free = count - all.given.count - (run.scouts[label]?.measured ?? 0)
        for payload in ready.prefix(max(0, free)) {
            scouting[number]?[label]?.parked.remove(payload)
            try offer(payload, of: number, at: now)
        }
    }

    /// Why a payload waits for others of its node; `nil` where it does not.
    func scoutReason(_ payload: Int, of run: Run) -> String? {
        let label = run.life.scoutGroup(of: payload)
        guard scouting[run.number]?[label]?.parked.contains(payload) == true else { return nil }
        let measured = run.scouts[label]?.measured ?? 0
        let count = run.scouts[label]?.count ?? scoutCount(of: run.life.node(payload))
        return "waits for what the first \(count) of \(label) use; \(measured) are measured"
    }

    /// What becomes of an attempt that was ended at a limit which was learnt, and is lower than the
    /// payload's own: it is not to blame, and tried again with its own; `nil` for all others.
    func verdict(
        _ verdict: Verdict, ofLearnt plan: AttemptPlan, _ key: AttemptKey, _ result: AttemptResult
    ) -> Verdict? {
        guard verdict != .completed, let own = runs[key.run]?.life.request(key.payload) else {
            return nil
        }
        let isMemory =
            (result.outOfMemory != nil || result.ended == .memory)
            && plan.resources.memory < own.memory
        let isWalltime = result.ended == .walltime && plan.resources.walltime < own.walltime
        guard isMemory || isWalltime else { return nil }
        return .retry(
            Retry(
                .infrastructure,
                message: verdict.message + ", which others of its node taught; again with its own"))
    }
}

extension RunLife {
    /// The payloads that learn from each other's use: those of the node's label or, where the node
    /// says so, of its category.
    func scoutGroup(of payload: Int) -> String {
        let policy = node(payload).policy
        guard policy.scoutGroup == .category, !policy.category.isEmpty else {
            return label(payload)
        }
        return "category \(policy.category)"
    }
}
