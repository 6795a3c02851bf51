import GroundSegment
import Logging

/// Tells the orders' source what has not been told, and makes the replicas that had to wait.
struct OutboxSending: Sendable {
    let source: any OrderSource
    let store: RunStore
    let keeping: OutputKeeping
    let logger: Logger

    struct Result: Hashable, Sendable {
        /// Whether anything was told.
        var hasSent = false
        /// Replicas that still wait.
        var pendingReplicas = 0
        /// Why the source could not be told; empty where it could.
        var failure = ""
    }

    /// Goes through the outbox once, in order.
    func flush() async throws -> Result {
        var result = Result()
        for entry in try await store.outbox() {
            do {
                let transfer: Transfer?
                switch entry.letter {
                case .report(let report):
                    try await source.report(report)
                    transfer = nil
                case .replica(let replica):
                    guard let made = try? keeping.replicate(replica) else {
                        result.pendingReplicas += 1
                        continue
                    }
                    try await source.record(made)
                    transfer = made
                }
                try await store.markSent(entry, transfer: transfer)
                result.hasSent = true
                logger.info(
                    "told", metadata: ["run": "\(entry.run)", "what": "\(entry.letter.name)"])
            } catch let error as ExecutionError where error.code == .store {
                throw error
            } catch {
                result.failure = "\(error)"
                return result
            }
        }
        return result
    }
}

extension OutboxEntry.Letter {
    fileprivate var name: String {
        switch self {
        case .report: "report"
        case .replica: "replica"
        }
    }
}
