import Foundation
import GroundSegment
import Logging
import Workflows

extension Runner {
    /// Looks for a completed attempt of the same content whose files are still there, and makes
    /// them the payload's own.
    func lookUp(_ key: PayloadKey, _ plan: AttemptPlan, into folder: String) {
        let (events, store, known, logger) = (events, store, known, logger)
        let (preparing, storage) = (preparing, configuration.storage)
        let preparation = AttemptPreparation(library: library, known: known, storage: storage)
        Task {
            do {
                guard
                    let content = try await preparing.run({ try preparation.contentKey(of: plan) })
                else { return events.post(.lookedUp(key, nil)) }
                for attempt in try await store.completed(content: content) {
                    let reused = try await preparing.run {
                        try Self.reuse(attempt, for: key.payload, plan, folder, storage, known)
                    }
                    if let reused { return events.post(.lookedUp(key, reused)) }
                }
            } catch {
                logger.warning("nothing is reused", metadata: ["cause": "\(error)"])
            }
            events.post(.lookedUp(key, nil))
        }
    }

    /// The files of an attempt in the payload's folder; `nil` where they are not all there.
    private static func reuse(
        _ attempt: RunStore.CompletedAttempt, for payload: Int, _ plan: AttemptPlan,
        _ folder: String, _ storage: Storage, _ known: KnownFiles
    ) throws -> ReusedAttempt? {
        var outputs: [StoredOutput] = []
        for port in plan.executable.outputs {
            guard let output = attempt.outputs.first(where: { $0.port == port.name }),
                known.holds(output.path, output.digest)
            else { return nil }
            let target = "\(folder)/\(port.name).\(port.mime)"
            outputs.append(
                StoredOutput(
                    payload: payload, port: port.name, path: target, digest: output.digest))
            if target != output.path {
                try storage.keep(output.path, at: target, expecting: output.digest, known: known)
            }
        }
        return ReusedAttempt(id: attempt.id, outputs: outputs)
    }
}
