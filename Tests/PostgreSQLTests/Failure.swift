import PostgreSQL
import Testing

/// The error that `body` throws; `nil` where it throws none.
func failure<Value>(_ body: () async throws -> Value) async -> PostgreSQLError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? PostgreSQLError
    }
}

/// Waits until the server reports a condition; the condition is asked again without pause.
func waitUntil(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try Task.checkCancellation() }
}
