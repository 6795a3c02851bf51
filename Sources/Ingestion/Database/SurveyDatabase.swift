import Files
import GRDB

/// An SQLite database as it was left, read without a byte written beside it.
///
/// A database whose journal is a rollback journal, with none left, is opened where it is.  Any
/// other needs files of its own to be read: one with a write-ahead log
/// (https://sqlite.org/wal.html), and one whose writer died in a transaction
/// (https://sqlite.org/lockingv3.html, hot journals).  Of these a private copy is read, with all
/// that was committed, and removed.
enum SurveyDatabase {
    /// Why a database is not read.
    struct Fault: Error, Hashable {
        let found: String
        let expected: String

        static let locked = Fault(
            found: "a database that another program is writing",
            expected: "one that can be read now")
    }

    /// Reads a database.
    ///
    /// - Throws: `Fault`, or what `body` throws.
    static func read<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
        let files = try DatabaseFiles(path)
        guard files.needsCopy else { return try open(path, isReadOnly: true, body) }
        let copy = try DatabaseCopy.make(of: files)
        guard try DatabaseFiles(path) == files else {
            throw Fault(
                found: "a database that another program changed while it was read",
                expected: "one that is left alone")
        }
        return try open(copy.path, isReadOnly: false) { database in
            let problems = try String.fetchAll(database, sql: "PRAGMA quick_check(1)")
            guard problems == ["ok"] else {
                throw Fault(
                    found: "a database that its journal or log does not fit"
                        + " (\(problems.first ?? "no answer"))",
                    expected: "the files of one database")
            }
            return try body(database)
        }
    }

    private static func open<Value>(
        _ path: String, isReadOnly: Bool, _ body: (Database) throws -> Value
    ) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read(body)
        } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_BUSY { throw Fault.locked }
            let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
            throw Fault(found: "no usable database (\(reason))", expected: "an SQLite database")
        }
    }
}
