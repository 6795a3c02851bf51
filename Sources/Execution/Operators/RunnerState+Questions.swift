import Glibc
import GroundSegment
import Workflows

extension RunnerState {
    mutating func answer(to question: RunnerQuestion, at now: MJD) -> RunnerFacts {
        var facts = RunnerFacts(
            pid: getpid(), waiting: queue.count, underWay: underWay.count, isDraining: isDraining,
            hasHost: hosts.values.contains { $0.isReady }, isSourceAway: sourceFailures > 0)
        for run in runs.values { facts.runs[run.life.state.rawValue, default: 0] += 1 }
        if case .rules = question { facts.rules = configuration.rules.rules }
        if case .score(let names, let pilot, let limit) = question {
            score(names, on: pilot, limit: limit, at: now, &facts)
        }
        guard case .why(let name, let limit) = question else { return facts }
        if name == nil {
            facts.reasons = heldPipelines.sorted { $0.key < $1.key }.prefix(limit).map {
                WaitReason.orders(of: $0.key, reason: $0.value)
            }
            facts.more = heldPipelines.count - facts.reasons.count
        }
        let chosen = name.map { number(ofRun: $0).map { [$0] } ?? [] } ?? runs.keys.sorted()
        for number in chosen {
            // Reasons take time to find, and so much the runner has not while it is at work.
            let room = max(0, limit - facts.reasons.count)
            let (found, more) = reasons(of: number, at: now, limit: room)
            facts.more += more
            for (payload, reason) in found {
                guard let run = runs[number] else { continue }
                facts.reasons.append(
                    WaitReason(
                        run: run.id.text, payload: payload.map(run.life.path),
                        state: payload.map { run.life[$0].state.rawValue }
                            ?? run.life.state.rawValue,
                        reason: reason))
            }
        }
        return facts
    }

    /// What does not go on of a run, and why, one line each, and how much more there is.
    private mutating func reasons(
        of number: Int64, at now: MJD, limit: Int
    ) -> (found: [(Int?, String)], more: Int) {
        guard let run = runs[number] else { return ([], 0) }
        if let reason = reason(ofWhole: run) {
            return limit > 0 ? ([(nil, reason)], 0) : ([], 1)
        }
        let waiting = run.life.waitingCount
        var reasons: [(Int?, String)] = []
        for payload in 0..<run.life.count {
            guard reasons.count < min(limit, waiting) else { break }
            guard run.life.isToBeTold(payload), run.life.isCounted(payload) else { continue }
            switch run.life[payload].state {
            case .held: reasons.append((payload, "held: \(run.life[payload].message)"))
            case .unready: reasons.append((payload, parents(of: payload, in: run)))
            case .assigned: reasons.append((payload, assigned(payload, of: run)))
            default:
                if let reason = scoutReason(payload, of: run) {
                    reasons.append((payload, reason))
                    continue
                }
                let key = ReadyQueue<Int64>.Key(run: number, number: payload)
                reasons.append((payload, reason(of: key, at: now)))
            }
        }
        return (reasons, waiting - reasons.count)
    }

    /// Why nothing of a run goes on; `nil` where its payloads are at work or wait by themselves.
    private func reason(ofWhole run: Run) -> String? {
        switch run.life.state {
        case .held: "held: \(run.life.message)"
        case .pending where isAwaiting(run): RunNeed.reason(needs(of: run)) ?? ""
        case .pending where parked.contains(run.number):
            "its inputs are only at SDCs that cannot be reached"
        case .pending where staging == run.number: "its inputs are being brought"
        case .pending: "its inputs are brought after those of runs before it"
        default: nil
        }
    }

    private func assigned(_ payload: Int, of run: Run) -> String {
        guard let id = attempts[PayloadKey(run: run.number, payload: payload)],
            let cluster = underWay[id]?.cluster, cluster != id
        else { return "the host has been asked to start it" }
        return "comes after others of its cluster \(cluster)"
    }

    private func parents(of payload: Int, in run: Run) -> String {
        let open = run.life.unfinishedParents(of: payload)
        if let container = run.life.container(of: payload),
            run.life[container].state == .unready || run.life[container].state == .held
        {
            return "waits for \(run.life.path(container)) to begin"
        }
        guard let first = open.first else { return "waits for the end of everything else" }
        let more = open.count > 1 ? " and \(open.count - 1) more" : ""
        return "waits for \(run.life.path(first)), \(run.life[first].state.rawValue)\(more)"
    }

    /// Why a payload in line does not run: by the host where it is nearest to it.
    private mutating func reason(of key: ReadyQueue<Int64>.Key, at now: MJD) -> String {
        var nearest: (distance: Int, reason: ReadyQueue<Int64>.Reason)?
        for host in openHosts {
            guard let room = hosts[host]?.room else { continue }
            let reason = queue.why(key, on: room, at: now)
            let distance = Self.distance(reason)
            if distance < nearest?.distance ?? .max { nearest = (distance, reason) }
        }
        guard let nearest else {
            return configuration.hasManyHosts
                ? "waits for a pilot" : "the program that runs payloads is not there yet"
        }
        return words(nearest.reason)
    }

    private static func distance(_ reason: ReadyQueue<Int64>.Reason) -> Int {
        switch reason {
        case .next: 0
        case .behind: 1
        case .keptFor: 2
        case .room(let missing):
            min(1 << 60, 1000 * (max(0, missing.cores) + max(0, missing.gpus)))
                + max(3, min(1 << 50, missing.memory))
        case .notInLine, .before, .category: 0
        case .refused: .max - 1
        }
    }

    func words(_ reason: ReadyQueue<Int64>.Reason) -> String {
        switch reason {
        case .notInLine: return "what it needs is being looked for"
        case .before(let time): return "not before \(time)"
        case .category(let name, let running, let limit):
            return "\(running) of category \(name) run, \(limit) may"
        case .refused(let refusal): return refusal.description
        case .room(let missing):
            let parts = [
                (missing.cores, "cores"), (missing.memory, "MiB"), (missing.gpus, "GPUs"),
            ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            return "waits for \(parts.joined(separator: ", "))"
        case .keptFor(let key): return "room is kept for \(name(key))"
        case .behind(let key): return "comes after \(name(key))"
        case .next: return "is next"
        }
    }

    private func name(_ key: ReadyQueue<Int64>.Key) -> String {
        guard let run = runs[key.run] else { return "another" }
        return "\(run.id)/\(run.life.path(key.number))"
    }
}

extension RunLife {
    /// Whether it waits for something by itself.
    fileprivate func isToBeTold(_ number: Int) -> Bool {
        switch lives[number].state {
        case .held, .unready, .assigned: true
        case .ready: isProcess(number)
        default: false
        }
    }

    /// How many payloads that count do.
    fileprivate var waitingCount: Int {
        nodeRanges.reduce(0) { sum, range in
            sum
                + range.numbers.count { number in
                    switch lives[number].state {
                    case .held, .unready, .assigned: true
                    case .ready: range.isProcess
                    default: false
                    }
                }
        }
    }
}
