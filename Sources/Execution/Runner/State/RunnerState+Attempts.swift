import GroundSegment
import Logging
import Payloads
import Workflows

/// What becomes of the attempts that a host was asked for.
extension RunnerState {
    mutating func handle(_ message: AgentMessage, of host: HostID, at now: MJD) throws {
        switch message {
        case .started(let id, _, _):
            guard let key = underWay[id]?.key else { return }
            try apply(.started(key.payload, attempt: key.attempt), to: key.run, at: now)
        case .withdrawn(let id):
            guard let key = underWay[id]?.key else { return }
            forget(id, key, at: now)
            try apply(.withdrawn(key.payload, attempt: key.attempt), to: key.run, at: now)
        case .ended(let result): try ended(result, toldBy: host, at: now)
        case .refused(let id, let reason):
            guard let id, let key = underWay[id]?.key else { return }
            let text = printable(reason.utf8)
            let verdict = Verdict.retry(Retry(.infrastructure, message: text, wait: 1))
            try end(key, id, verdict, at: now)
        case .sample(let sample):
            guard let key = underWay[sample.id]?.key else { return }
            changes.samples.append(
                .init(run: key.run, payload: key.payload, attempt: key.attempt, sample: sample))
        case .subjob(let id, _, let text):
            guard let key = underWay[id]?.key else { return }
            try subjob(text, of: key, at: now)
        case .hello, .draining: return
        }
    }

    /// A process inside an attempt asks for payloads of its own.
    private mutating func subjob(_ text: String, of key: AttemptKey, at now: MJD) throws {
        do {
            let subjobs: Subjobs = try Document.value(text, "the subjobs")
            try apply(
                .subjobs(key.payload, attempt: key.attempt, subjobs), to: key.run, at: now)
        } catch let error as ExecutionError {
            guard let run = runs[key.run] else { return }
            logger.error(
                "subjobs refused",
                metadata: metadata(
                    run,
                    ["step": "\(run.life.path(key.payload))", "cause": "\(error.message)"]))
        }
    }

    /// A process is over: its room is free, and its files are looked at.
    ///
    /// - Parameter host: that which has told it; `nil` where it was found.
    private mutating func ended(
        _ result: AttemptResult, toldBy host: HostID?, at now: MJD
    ) throws {
        guard let attempt = underWay[result.id], !attempt.hasEnded else {
            if underWay[result.id] == nil, let host {
                effects.append(.send(.acknowledge(id: result.id), to: host))
            }
            return
        }
        underWay[result.id]?.hasEnded = true
        let count = clusters[attempt.cluster]?.count ?? 1
        hosts[attempt.host]?.learn(duration: (result.end - result.start) * Double(count))
        leaveCluster(result.id, at: now)
        if result.exit == .code(0) && attempt.plan.executable.outputs.isEmpty
            && attempt.plan.files.isEmpty
        {
            try conclude(attempt.key, result, Examination(), at: now)
        } else {
            effects.append(.examine(attempt.key, attempt.plan, result))
        }
    }

    /// Judges an attempt by what is known of it.
    mutating func conclude(
        _ key: AttemptKey, _ result: AttemptResult, _ examination: Examination, at now: MJD
    ) throws {
        guard let attempt = underWay[result.id],
            let judged = judge(attempt, key, result, examination)
        else { return }
        let verdict = verdict(
            verdict(judged.verdict, ofLearnt: attempt.plan, key, result) ?? judged.verdict,
            examination, at: now)
        if case .completed = verdict { learn(key, result, at: now) }
        changes.attempts.append(
            .init(
                run: key.run, payload: key.payload, number: key.attempt, path: attempt.plan.path,
                outcome: verdict.outcome, resources: attempt.plan.resources, result: result,
                message: verdict.message,
                contentKey: judged.owesOutputs ? attempt.contentKey : nil))
        if case .completed = verdict {
            let paths = attempt.plan.outputs
            for (port, digest) in examination.outputs.sorted(by: { $0.key < $1.key }) {
                changes.outputs.append(
                    (
                        key.run,
                        StoredOutput(
                            payload: key.payload, port: port, path: paths[port] ?? "",
                            digest: digest)
                    ))
            }
        }
        effects.append(.send(.acknowledge(id: result.id), to: attempt.host))
        try end(key, result.id, verdict, at: now)
    }

    /// What the rules say of an attempt, and whether it owes outputs.
    ///
    /// Apart from what follows from it, so that no copy of the run is held while the run changes:
    /// all its payloads would be copied each time.
    private func judge(
        _ attempt: AttemptUnderWay, _ key: AttemptKey, _ result: AttemptResult,
        _ examination: Examination
    ) -> (verdict: Verdict, owesOutputs: Bool)? {
        guard let run = runs[key.run] else { return nil }
        let owesOutputs = run.life.owesOutputs(key.payload)
        let facts = Facts(
            result, examination, granted: attempt.plan.resources.memory, owesOutputs: owesOutputs)
        let judgement = configuration.rules.judge(
            facts, of: run.life.node(key.payload), life: run.life[key.payload])
        for rule in judgement.passive {
            logger.notice(
                "a passive rule would have decided",
                metadata: metadata(run, ["step": "\(attempt.plan.path)", "rule": "\(rule)"]))
        }
        return (judgement.verdict, owesOutputs)
    }

    /// What becomes of an attempt in spite of how it was judged: one that lacked room on the disk,
    /// or whose inputs changed while it ran, is lost to the machine.
    private mutating func verdict(
        _ verdict: Verdict, _ examination: Examination, at now: MJD
    ) -> Verdict {
        if examination.lack == nil { waits.end(.starts) }
        if case .aborted = verdict { return verdict }
        if let changed = examination.changedInputs.first {
            return .retry(
                Retry(.infrastructure, message: "its input \(changed) was changed while it ran"))
        }
        guard verdict != .completed, let lack = examination.lack else { return verdict }
        wait(for: .starts, because: lack, at: now)
        return .retry(Retry(.infrastructure, message: "waits for storage: \(lack)"))
    }

    mutating func end(
        _ key: AttemptKey, _ id: String, _ verdict: Verdict, at now: MJD
    ) throws {
        forget(id, key, at: now)
        try apply(.ended(key.payload, attempt: key.attempt, verdict), to: key.run, at: now)
    }

    mutating func forget(_ id: String, _ key: AttemptKey, at now: MJD) {
        leaveCluster(id, at: now)
        let host = underWay.removeValue(forKey: id)?.host
        attempts[PayloadKey(run: key.run, payload: key.payload)] = nil
        queue.end(ReadyQueue.Key(run: key.run, number: key.payload), at: now)
        if let host, host != .here { removeHost(host) }
    }

    /// What became of an attempt that its host does not have: its result, or nothing.
    ///
    /// One that no host had begun, as behind others of its cluster, is put back in line and is no
    /// loss.
    mutating func found(
        _ key: AttemptKey, _ result: AttemptResult?, hasBegun: Bool, at now: MJD
    ) throws {
        guard let id = attempts[PayloadKey(run: key.run, payload: key.payload)],
            let attempt = underWay[id], attempt.key == key
        else { return }
        if let result { return try ended(result, toldBy: nil, at: now) }
        if !hasBegun, runs[key.run]?.life[key.payload].state == .assigned {
            forget(id, key, at: now)
            return try apply(.withdrawn(key.payload, attempt: key.attempt), to: key.run, at: now)
        }
        let reason = hosts[attempt.host]?.end.map { "it vanished: \($0)" } ?? "it vanished"
        let verdict = Verdict.retry(
            Retry(.infrastructure, message: printable(reason.utf8)))
        try end(key, id, verdict, at: now)
    }

    /// Takes up a run that an earlier runner left, with the attempts that it had under way.
    mutating func resume(_ run: Run, at now: MJD) throws {
        runs[run.number] = run
        logger.info(
            "run resumed", metadata: metadata(run, ["state": "\(run.life.state.rawValue)"]))
        for number in 0..<run.life.count {
            let life = run.life[number]
            guard life.state == .assigned || life.state == .running else { continue }
            let key = AttemptKey(run: run.number, payload: number, attempt: life.attempts)
            queue.adopt(
                ReadyQueue.Key(run: key.run, number: number),
                category: run.life.node(number).policy.category)
            guard let plan = plan(key, token: lastToken) else { continue }
            let host = host(of: key)
            hosts[host, default: HostState()].occupy(
                plan.resources, by: plan.id, at: now, isAhead: false)
            take(key, plan, on: host, isSent: true)
            _ = isParked(number, of: run)
        }
        let actions = runs[run.number]?.life.resumed(at: now) ?? []
        try perform(actions, for: run.number, at: now)
    }
}
