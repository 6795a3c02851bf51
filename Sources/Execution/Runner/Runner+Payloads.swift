import GroundSegment
import Logging

extension Runner {
    /// Puts a ready step in line; one that can never fit here is refused at once.
    func offer(_ node: String, of id: ID<Run>) async throws {
        guard let run = runs[id], let payload = run.payload(node) else { return }
        if let shortfall = dispatcher.add(node, of: run) {
            try await apply(
                .step(node: node, attempt: payload.attempt, .refused(message: shortfall)), to: id)
        }
    }

    /// Starts what there is room for.
    func startPayloads() async throws {
        for key in dispatcher.next() {
            guard let run = runs[key.run], let attempt = run.payload(key.node)?.attempt else {
                continue
            }
            try await apply(.step(node: key.node, attempt: attempt, .assigned), to: key.run)
            try await start(key, of: run, attempt: attempt, isRunning: false)
        }
    }

    /// Starts a step's process, or takes over one that an earlier runner started.
    func start(_ key: Dispatcher.Key, of run: Run, attempt: Int, isRunning: Bool) async throws {
        guard let node = run.graph.node(key.node) else { return }
        let preparation = JobPreparation(configuration: configuration, library: library)
        perform { [store, batch, send] in
            let files = preparation.files(
                of: node, inputs: try await store.inputs(of: run.id),
                outputs: try await store.outputs(of: run.id))
            var paths: [String: String] = [:]
            let end: PayloadEnd
            do {
                let job = try preparation.job(run, node, attempt: attempt, files: files)
                paths = job.outputs
                if isRunning {
                    end = try await batch.adopt(job)
                } else {
                    try preparation.prepare(job, node, files: files)
                    end = try await batch.run(job) { send.yield(.started(key, attempt: attempt)) }
                }
            } catch is CancellationError {
                return
            } catch {
                end = .lost(message: "\(error)")
            }
            send.yield(.ended(key, attempt: attempt, end, paths: paths))
        }
    }

    func ended(
        _ key: Dispatcher.Key, _ attempt: Int, _ end: PayloadEnd, _ paths: [String: String]
    ) async throws {
        dispatcher.end(key)
        guard var run = runs[key.run] else { return }
        let event: Payload.Event =
            switch end {
            case .completed: .completed
            case .failed(let result, let message):
                .failed(exitCode: result.exitCode, message: message)
            case .lost(let message): .lost(message: message)
            }
        let before = run
        let actions = try run.apply(.step(node: key.node, attempt: attempt, event))
        try await store.save(run, endOf: key.node, attempt: attempt, end, paths: paths)
        adopt(run, after: before)
        try await perform(actions, for: run)
    }
}
