import Catalogue
import PostgreSQL
import PostgreSQLServer

/// Runs a command's work and turns what the catalogue or PostgreSQL throws into lines and their
/// exit status.
///
/// - Throws: `CommandError` for a `CatalogueError`, `PostgreSQLServerError` or `PostgreSQLError`;
///   any other error as it is.
public func reportingErrors<Value>(_ work: () async throws -> Value) async throws -> Value {
    do { return try await work() } catch let error as CatalogueError {
        throw CommandError(error.code.exitStatus, error.message)
    } catch let error as PostgreSQLServerError {
        throw CommandError(error.exitStatus, error.message)
    } catch let error as PostgreSQLError {
        throw CommandError(error.exitStatus, "\(error)")
    }
}
