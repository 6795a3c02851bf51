import CPQ

/// How far a transaction is kept from the effects of others (PostgreSQL manual, 13.2).
public enum IsolationLevel: String, Hashable, Sendable, CaseIterable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"
}

extension Connection {
    /// Runs `body` in a transaction: all of its statements take effect or, where it throws, none.
    ///
    /// ```swift
    /// try await connection.transaction { connection in
    ///     try connection.query("INSERT INTO survey VALUES ($1)", "EUCLID")
    ///     try connection.query("INSERT INTO sdc VALUES ($1)", "SDC-FR")
    /// }
    /// ```
    /// - Parameter attempts: how often `body` is run where the server ends it by a serialization
    ///   failure or a deadlock.
    /// - Throws: what `body` throws; `PostgreSQLError` where the server refuses to commit.
    public func transaction<Value: Sendable>(
        isolation: IsolationLevel = .readCommitted, attempts: Int = 1,
        _ body: @Sendable (isolated Connection) throws -> Value
    ) throws -> Value {
        var attempt = 1
        while true {
            do {
                return try once(isolation, body)
            } catch let error as PostgreSQLError
                where error.sqlState?.isRetryable == true && attempt < attempts
            {
                attempt += 1
            }
        }
    }

    private func once<Value: Sendable>(
        _ isolation: IsolationLevel, _ body: @Sendable (isolated Connection) throws -> Value
    ) throws -> Value {
        try run(script: "BEGIN ISOLATION LEVEL \(isolation.rawValue)")
        do {
            let value = try body(self)
            try commit()
            return value
        } catch {
            // A session that is lost, or that the failed commit ended, has nothing to roll back.
            try? run(script: "ROLLBACK")
            throw error
        }
    }

    private func commit() throws {
        let connection = try handle.open()
        let result = try answer { PQsendQuery($0, "COMMIT") }
        try check(result, on: connection)
        // The server answers COMMIT of a failed transaction with ROLLBACK and without an error.
        guard result.tag == "COMMIT" else {
            throw PostgreSQLError(
                code: .statementFailed,
                message: "the transaction was rolled back: one of its statements had failed")
        }
    }
}
