public import GroundSegment
import PostgreSQL

/// What became of a wish that an order ends.
public enum CancelResult: String, Hashable, Sendable, CaseIterable {
    /// No runner had it, and none will.
    case withdrawn
    /// Its runner is asked to stop it.
    case asked
    /// Its runner had been asked before.
    case askedBefore = "asked before"
}

extension OrderStore {
    /// Makes an order that failed or was stopped runnable again; what waits for it goes on.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` or `illegalChange`; `PostgreSQLError`.
    public func retry(
        _ order: ID<ProcessingOrder>, by actor: String, because comment: String = ""
    ) async throws {
        try await change(order) { found, connection in
            try found.change(by: .retry, on: connection)
            try OrderEvent.record(.retry, of: found, by: actor, comment, on: connection)
        }
    }

    /// Ends an order: one that no runner has is withdrawn, of the others the runner is asked.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` or `illegalChange`; `PostgreSQLError`.
    public func cancel(
        _ order: ID<ProcessingOrder>, by actor: String, because comment: String = ""
    ) async throws -> CancelResult {
        try await change(order) { found, connection in
            switch found.state {
            case .allocated:
                try found.change(by: .withdraw, on: connection)
                try OrderEvent.record(.withdraw, of: found, by: actor, comment, on: connection)
                return .withdrawn
            case .executing:
                let asked = try OrderEvent.all(ofOrder: found.key, on: connection)
                    .contains { $0.kind == .cancel && $0.taken == found.taken }
                if asked { return .askedBefore }
                try OrderEvent.record(.cancel, of: found, by: actor, comment, on: connection)
                return .asked
            default: throw found.refusal(of: "cancel")
            }
        }
    }

    /// Gives an order that has not ended another priority; larger runs first.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem` or `illegalChange`; `PostgreSQLError`.
    public func prioritise(
        _ order: ID<ProcessingOrder>, _ priority: Int, by actor: String,
        because comment: String = ""
    ) async throws {
        try await change(order) { found, connection in
            guard !found.state.isFinal else { throw found.refusal(of: "priority") }
            try connection.query(
                "UPDATE sgs.processing_order SET priority = $2 WHERE processing_order = $1",
                found.key, priority)
            try OrderEvent.record(
                .priority, of: found, by: actor, comment, priority: priority, on: connection)
        }
    }

    /// Changes an order, and tells its runner.
    private func change<Value: Sendable>(
        _ order: ID<ProcessingOrder>,
        _ body: @Sendable (StoredOrder, isolated Connection) throws -> Value
    ) async throws -> Value {
        try await connection.transaction { connection in
            let found = try StoredOrder.lock(order, on: connection)
            let value = try body(found, connection)
            try OrderChannel.notify(found.sdc, on: connection)
            return value
        }
    }
}
