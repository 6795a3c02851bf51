import GroundSegment
import Logging

extension Runner {
    /// Takes up what an earlier runner left: payloads that still run are waited for, the results
    /// of finished ones are taken, and what vanished starts again.
    func recover() async throws {
        try configuration.storage.sweep()
        try await removeOldWork()
        let unfinished = try await store.unfinished()
        for run in unfinished {
            logger.info("run resumed", metadata: metadata(run, ["state": "\(run.state.rawValue)"]))
            runs[run.id] = run
            for payload in run.payloads
            where payload.state == .assigned || payload.state == .running {
                try await recover(payload, of: run.id)
            }
        }
        for id in unfinished.map(\.id) {
            guard var found = runs[id] else { continue }
            let actions = found.resumed()
            runs[id] = found
            try await perform(actions, for: found)
        }
        hasIdleCopies = true
        flushOutbox()
        do {
            for order in try await source.taken() { try await begin(order) }
        } catch let error as ExecutionError where error.code == .store {
            throw error
        } catch {
            try sourceFailed(error)
        }
    }

    private func recover(_ payload: Payload, of id: ID<Run>) async throws {
        guard let run = runs[id], let node = run.graph.node(payload.node) else { return }
        let key = Dispatcher.Key(run: id, node: payload.node)
        let folder = configuration.payloadFolder(id, payload.node, payload.attempt)
        var condition = try folder.condition()
        if condition == .vanished {
            try folder.revoke()
            condition = try folder.condition()
        }
        if condition == .vanished {
            try await change(
                id,
                .step(node: payload.node, attempt: payload.attempt, .lost(message: "it vanished")))
            return
        }
        if payload.state == .assigned {
            try await change(id, .step(node: payload.node, attempt: payload.attempt, .started))
        }
        logger.info("step taken over", metadata: metadata(run, ["step": "\(payload.node)"]))
        dispatcher.adopt(key, need: node.executable.resources)
        try await start(key, of: run, attempt: payload.attempt, isRunning: true)
    }

    /// Like `apply`, but what follows is left to `resumed()`, once all steps are found.
    private func change(_ id: ID<Run>, _ event: Run.Event) async throws {
        guard var run = runs[id] else { return }
        let before = run
        _ = try run.apply(event)
        try await store.save(run)
        adopt(run, after: before)
    }

    /// Removes the work folders of completed runs; those of failed ones stay for a look.
    private func removeOldWork() async throws {
        let names = Set(FileTree.names(in: configuration.storage.workRoot))
        guard !names.isEmpty else { return }
        for run in try await store.completed() where names.contains(FileName.encoded(run.text)) {
            try FileTree.remove(configuration.storage.workFolder(of: run))
        }
    }
}
