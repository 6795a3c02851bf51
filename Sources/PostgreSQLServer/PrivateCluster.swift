import Files
import Foundation
import PostgreSQL

/// A PostgreSQL cluster of a program's own: one folder, an unprivileged user, a Unix socket
/// that only this user and root can reach.
public struct PrivateCluster: Sendable {
    /// How the server treats its disk.
    public enum Durability: Sendable {
        /// What is committed survives a power cut.
        case kept
        /// For data that nobody will miss: no waiting for the disk.
        case scratch
    }

    /// Its database, the role that owns it, and the mark of its files elsewhere.
    let name: String
    let folder: ClusterFolder
    let programs: ServerPrograms
    let durability: Durability
    /// What the operator should know about the choice of the folder.
    public let remark: String?

    /// A cluster, running or not.
    ///
    /// - Parameters:
    ///   - name: its database and the role that owns it; letters and digits.
    ///   - directory: its folder.
    ///   - mayMove: whether a folder below /var/lib/postgresql will do where the server's user
    ///     cannot reach `directory`; else that is an error.
    ///   - durability: how the server treats its disk.
    /// - Throws: `PostgreSQLServerError` of code `missing` or `cannotWrite`.
    public init(
        name: String, directory: String, mayMove: Bool = false, durability: Durability = .kept
    ) throws {
        self.name = name
        programs = try ServerPrograms.find()
        let choice = try ClusterFolder.choose(
            directory, name: name, mayMove: mayMove, programs: programs)
        folder = choice.folder
        remark = choice.remark
        self.durability = durability
    }

    /// The cluster's folder.
    public var directory: String { folder.path }

    /// The libpq URL of its own database.
    public var url: String { url(database: name) }

    /// The libpq URL of one of the cluster's databases.
    public func url(database: String) -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~/"))
        let host =
            folder.socket.addingPercentEncoding(withAllowedCharacters: allowed) ?? folder.socket
        return "postgresql:///\(database)?host=\(host)&user=\(name)"
    }

    /// What `start` found.
    public enum Started: Hashable, Sendable {
        case created, started, alreadyRunning
    }

    /// Creates the cluster where there is none, starts it where it does not run, and waits until
    /// it answers.  A start at the same time waits for the first.
    ///
    /// - Throws: `PostgreSQLServerError`.
    public func start() async throws -> Started {
        try prepareFolder()
        let lock = try await folder.locked()
        defer { extendLifetime(lock) }
        if try await isRunningSoon() { return .alreadyRunning }
        try prepare(folder.socket)
        let exists = FileManager.default.fileExists(atPath: folder.data)
        if !exists { try await create() }
        removeStaleLocks()
        try writeSettings()
        try await control("start", "-l", folder.log, "-t", "60")
        try await createDatabase()
        return exists ? .started : .created
    }

    /// Stops the cluster; open sessions are ended.
    ///
    /// - Returns: whether it was running.
    /// - Throws: `PostgreSQLServerError` of code `failed`.
    public func stop() async throws -> Bool {
        guard await isRunning else { return false }
        let lock = try await folder.locked()
        defer { extendLifetime(lock) }
        guard await isRunning else { return false }
        try await control("stop", "-m", "fast", "-t", "60")
        rmdir(folder.socket)
        return true
    }

    /// Whether the server answers, asked for up to ten seconds while processes of it live: they
    /// may be recovering from a crash, or be about to end after one.
    private func isRunningSoon() async throws -> Bool {
        for _ in 1...100 {
            if await isRunning { return true }
            guard folder.isServed else { return false }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Whether the server answers.
    public var isRunning: Bool {
        get async {
            guard let connection = try? await Connection.open(url(database: "postgres")) else {
                return false
            }
            await connection.close()
            return true
        }
    }
}
