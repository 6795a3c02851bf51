import GroundSegment
import Logging

/// Tells the orders' source what has not been told, and makes the replicas that had to wait.
///
/// A letter that the source has read and refuses is set aside with the reason, and the rest goes
/// on; a source that cannot be reached is asked again later with the same letter.
struct OutboxSending: Sendable {
    let source: any OrderSource
    let store: RunStore
    let keeping: OutputKeeping
    let logger: Logger
    /// Whether replicas are tried; those of before may have failed a moment ago.
    var withReplicas = true

    struct Result: Hashable, Sendable {
        /// Whether anything was told.
        var hasSent = false
        /// Letters that were refused now.
        var setAside = 0
        /// Replicas that still wait.
        var pendingReplicas = 0
        /// Why those wait whose storage cannot be used, by that storage's SDC.
        var waits: [String: String] = [:]
        /// Why the source could not be told; empty where it could.
        var failure = ""
    }

    /// Goes through the outbox once, in order.
    func flush() async throws -> Result {
        var result = Result()
        for entry in try await store.outbox() {
            do {
                try await send(entry, &result)
            } catch let error as ExecutionError where error.code == .store {
                throw error
            } catch let error as ExecutionError where error.code == .refused {
                try await setAside(entry, error.message, &result)
            } catch let error as EncodingError {
                try await setAside(entry, "\(error)", &result)
            } catch {
                result.failure = "\(error)"
                return result
            }
        }
        return result
    }

    private func send(_ entry: OutboxEntry, _ result: inout Result) async throws {
        let transfer: Transfer?
        switch entry.letter {
        case .report(let report):
            try await source.report(report)
            transfer = nil
        case .replica(let replica):
            guard let made = try await replicate(replica, &result) else {
                result.pendingReplicas += 1
                return
            }
            try await source.record(made)
            transfer = made
        case .unreadable(let reason): throw ExecutionError(.refused, reason)
        }
        try await store.markSent(entry, transfer: transfer)
        result.hasSent = true
        logger.info("told", metadata: ["run": "\(entry.run)", "what": "\(entry.letter.name)"])
    }

    /// Makes a replica; `nil` where it has to wait. One storage is tried until it fails once.
    private func replicate(
        _ replica: PendingReplica, _ result: inout Result
    ) async throws -> Transfer? {
        guard withReplicas, result.waits[replica.to] == nil else { return nil }
        let keeping = keeping
        do {
            return try await keeping.work.run { try keeping.replicate(replica) }
        } catch let error as ExecutionError {
            let owed = OwedReplica(
                product: replica.product.product, survey: ID(replica.survey), to: ID(replica.to))
            await source.noteFailure(of: owed, because: "\(error)")
            if error.code != .unavailable { result.waits[replica.to] = error.description }
            return nil
        }
    }

    private func setAside(
        _ entry: OutboxEntry, _ reason: String, _ result: inout Result
    ) async throws {
        try await store.setAside(entry, answer: reason)
        result.setAside += 1
        logger.error(
            "refused by the orders' source and set aside",
            metadata: [
                "run": "\(entry.run)", "what": "\(entry.letter.name)",
                "sequence": "\(entry.sequence)", "cause": "\(reason)",
            ])
    }
}

extension OutboxEntry.Letter {
    fileprivate var name: String {
        switch self {
        case .report: "report"
        case .replica: "replica"
        case .unreadable: "unreadable"
        }
    }
}
