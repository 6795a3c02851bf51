import Files
import Foundation
import PostgreSQL

/// One of PostgreSQL's client programs, such as `pg_dump`.
public struct ClientProgram: Sendable {
    /// Its name, without a folder.
    public let name: String
    /// Where it is.
    public let path: String

    /// The program of the newest version that is installed.
    ///
    /// - Throws: `PostgreSQLServerError` of code `missing`, with what to install.
    public init(_ name: String) throws {
        try self.init(name, in: ProgramFinder.folders())
    }

    /// `psql`, to be run by somebody: the one on PATH goes first, because Debian's there adds the
    /// editing of lines.
    ///
    /// - Throws: `PostgreSQLServerError` of code `missing`, with what to install.
    public static func psql() throws -> ClientProgram {
        try ClientProgram("psql", in: ProgramFinder.onPath() + ProgramFinder.folders())
    }

    init(_ name: String, in folders: [String]) throws {
        guard let folder = ProgramFinder.folder(of: name, in: folders) else {
            throw PostgreSQLServerError(
                .missing, "\(name) is not installed; run: apt-get install postgresql-client")
        }
        self.name = name
        path = "\(folder)/\(name)"
    }

    /// Runs the program on a database and waits for it, on a thread that may wait.
    ///
    /// It gets the address in its environment, never on a command line.  An address of one's own
    /// takes nothing from the caller's variables but the password.
    ///
    /// - Parameters:
    ///   - arguments: without the program's name.
    ///   - database: a libpq URL or `keyword=value` pairs; empty for libpq's variables.
    /// - Returns: what it printed.
    /// - Throws: `PostgreSQLServerError` of code `failed`, or `cannotWrite` where the disk is full;
    ///   `PostgreSQLError` where the address is malformed.
    @discardableResult
    public func run(_ arguments: [String], on database: String) async throws -> String {
        let given = try ConnectionString(database).environment
        var environment = ProcessInfo.processInfo.environment
        if !given.isEmpty {
            let kept = ["PGPASSWORD", "PGPASSFILE"]
            environment = environment.filter { !$0.key.hasPrefix("PG") || kept.contains($0.key) }
        }
        environment.merge(given) { $1 }
        environment["LC_ALL"] = "C"
        let outcome = try await BlockingThreads.shared.run { [environment] in
            try ChildProcess.run([path] + arguments, environment: environment)
        }
        guard outcome.status == 0 else {
            let said = outcome.output.split(separator: "\n").prefix(3).joined(separator: " | ")
            throw PostgreSQLServerError(
                said.contains("No space left on device") ? .cannotWrite : .failed,
                "\(name) failed: \(said)")
        }
        return outcome.output
    }
}
