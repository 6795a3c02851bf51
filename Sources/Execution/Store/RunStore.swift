import Files
import Foundation
import GRDB
public import GroundSegment

/// The runner's own memory, an SQLite file: what it has taken, how far each step is, what was
/// copied, what is still to be told.
///
/// One process writes; `sdc-runner status` may read at the same time.  Every change is on the
/// disk before the runner acts on it.
public struct RunStore: Sendable {
    let database: DatabaseQueue

    /// Opens the store, making it or bringing its schema up to date where needed.
    ///
    /// - Parameter path: the file; its folder must exist.
    public init(path: String) throws {
        var configuration = GRDB.Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            try Self.migrator.migrate(database)
        } catch {
            throw ExecutionError(.store, "\(path): \(error)")
        }
    }

    /// Opens a store to look at it.
    public init(reading path: String) throws {
        guard StoredFiles.size(path) != nil else {
            throw ExecutionError(.store, "\(path): there is no such store")
        }
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw ExecutionError(.store, "\(path): \(error)")
        }
    }

    /// Where the store of an SDC's runner is below a state folder.
    public static func path(state: String, sdc: ID<SDC>) -> String {
        "\(state)/\(FileName.encoded(sdc.text))/runner.sqlite"
    }

    /// A number that is another one whenever some other process or connection has changed the store
    /// (SQLite, "PRAGMA data_version").
    public func version() async throws -> Int {
        try await read { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    }

    /// Writes in one transaction.
    func write<Value: Sendable>(_ change: @escaping @Sendable (Database) throws -> Value)
        async throws -> Value
    {
        do {
            return try await database.write(change)
        } catch let error as DatabaseError {
            throw ExecutionError(.store, "\(error)")
        }
    }

    func read<Value: Sendable>(_ query: @escaping @Sendable (Database) throws -> Value) async throws
        -> Value
    {
        do {
            return try await database.read(query)
        } catch let error as DatabaseError {
            throw ExecutionError(.store, "\(error)")
        }
    }
}
