import GroundSegment
import Logging

extension Runner {
    func handle(_ event: RunnerEvent) async throws {
        switch event {
        case .wake:
            stageAgain()
            try await takeOrders()
            try await stageNext()
            flushOutbox()
        case .staged(let run, let result): try await staged(run, result)
        case .started(let key, let attempt):
            try await apply(.step(node: key.node, attempt: attempt, .started), to: key.run)
        case .ended(let key, let attempt, let end, let paths):
            try await ended(key, attempt, end, paths)
        case .kept(let run, let result): try await kept(run, result)
        case .flushed(let result): try await flushed(result)
        case .drain:
            if !isDraining { logger.notice("draining: nothing more is taken") }
            isDraining = true
        case .broken(let error): throw error
        }
    }

    /// Starts a task whose failure ends the runner.
    func perform(_ job: @escaping @Sendable () async throws -> Void) {
        start.yield { [send] in
            do { try await job() } catch { send.yield(.broken(error)) }
        }
    }

    func metadata(_ run: Run, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        var metadata = more
        metadata["run"] = "\(run.id)"
        metadata["order"] = "\(run.order.id)"
        return metadata
    }

    /// Lets a run take an event, remembers where this leaves it, and does what follows.
    func apply(_ event: Run.Event, to id: ID<Run>) async throws {
        guard var run = runs[id] else { return }
        let before = run
        let actions = try run.apply(event)
        try await store.save(run)
        adopt(run, after: before)
        try await perform(actions, for: run)
    }

    /// Takes over a run's new state, with a line for each change.
    func adopt(_ run: Run, after before: Run) {
        runs[run.id] = run
        for (payload, old) in zip(run.payloads, before.payloads) where payload.state != old.state {
            var facts: Logger.Metadata = ["step": "\(payload.node)", "attempt": "\(old.attempt)"]
            if payload.message != old.message { facts["message"] = "\(payload.message)" }
            logger.info("step \(payload.state.rawValue)", metadata: metadata(run, facts))
        }
        if run.state != before.state {
            logger.info("run \(run.state.rawValue)", metadata: metadata(run))
        }
    }

    func perform(_ actions: [Run.Action], for run: Run) async throws {
        for action in actions {
            switch action {
            case .stageInputs: toStage.append(run.id)
            case .dispatch(let node): try await offer(node, of: run.id)
            case .storeOutputs: keepOutputs(run)
            case .report(let event, let message):
                try await finish(
                    run.id, event, message, OutputKeeping.Result(products: [], pending: []))
            }
        }
        try await stageNext()
        try await startPayloads()
    }
}
