import GroundSegment
import Logging
import Workflows

/// A completed attempt whose files stand for those of another payload.
struct ReusedAttempt: Hashable, Sendable {
    /// Where it was: `RUN/PATH#NUMBER`.
    let id: String
    /// Its files, as the payload's own.
    let outputs: [StoredOutput]
}

extension RunnerState {
    /// Whether what has been done elsewhere may stand for a payload that has become ready: in a
    /// run that was submitted, of an order that came again, and that was restarted.
    func mayReuse(_ payload: Int, of run: Run) -> Bool {
        let life = run.life[payload]
        guard life.failures + life.losses == 0, !run.life.isAnew(payload),
            !run.life.isEpilog(payload), payload != run.life.finalNumber,
            queue.entry(ReadyQueue.Key(run: run.number, number: payload)) == nil
        else { return false }
        switch run.origin {
        case .order: return run.attempt > 1 || life.attempts > 0
        case .submission(let submission), .parent(_, _, let submission):
            return !submission.isForced
        }
    }

    /// Has a completed attempt of the same content looked for.
    mutating func lookUp(_ payload: Int, of run: Run) {
        let life = run.life[payload]
        let key = AttemptKey(run: run.number, payload: payload, attempt: life.attempts + 1)
        guard let plan = plan(key, token: 0) else { return }
        filesUnderWay += 1
        effects.append(
            .lookUp(
                PayloadKey(run: run.number, payload: payload), plan,
                folder: configuration.workFolder(run.id, plan.path, life.attempts)))
    }

    /// Puts in line what may be handed over together, when nothing of its run is looked for.
    private mutating func lineTogether(of number: Int64, at now: MJD) {
        guard lookingUp[number]?.isEmpty != false,
            let payloads = toLine.removeValue(forKey: number), let run = runs[number]
        else { return }
        for payload in payloads where run.life[payload].state == .ready {
            line(payload, of: run, at: now)
        }
    }

    mutating func lookedUp(_ key: PayloadKey, _ found: ReusedAttempt?, at now: MJD) throws {
        filesUnderWay -= 1
        defer { lineTogether(of: key.run, at: now) }
        guard lookingUp[key.run]?.remove(key.payload) != nil,
            runs[key.run]?.life[key.payload].state == .ready
        else { return }
        guard let found else {
            if let run = runs[key.run] {
                if clusterTerms(of: run.life.node(key.payload), in: run).size == 1 {
                    line(key.payload, of: run, at: now)
                } else {
                    toLine[key.run, default: []].append(key.payload)
                }
            }
            return
        }
        if let run = runs[key.run] {
            logger.info(
                "step reused",
                metadata: metadata(
                    run, ["step": "\(run.life.path(key.payload))", "of": "\(found.id)"]))
        }
        for output in found.outputs { changes.outputs.append((key.run, output)) }
        changes.tags.append(
            .init(run: key.run, payload: key.payload, name: "reused", value: found.id))
        try apply(.reused(key.payload), to: key.run, at: now)
    }
}
