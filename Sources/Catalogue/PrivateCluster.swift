import Foundation
import PostgreSQL

/// A PostgreSQL cluster of the planner's own: one folder, an unprivileged user, a Unix socket
/// that only this user and root can reach.
public struct PrivateCluster: Sendable {
    /// How the server treats its disk.
    public enum Durability: Sendable {
        /// What is committed survives a power cut.
        case kept
        /// For data that nobody will miss: no waiting for the disk.
        case scratch
    }

    /// The default folder, relative to the working directory.
    public static let defaultDirectory = ".state/catalogue"
    /// Database and role of the catalogue.
    static let name = "sgs"

    let folder: ClusterFolder
    let programs: ServerPrograms
    let durability: Durability
    /// What the operator should know about the choice of the folder.
    public let remark: String?

    /// A cluster, running or not.
    ///
    /// - Parameter directory: its folder; absent means `defaultDirectory`, or one below
    ///   /var/lib/postgresql where the server's user cannot reach it.
    /// - Throws: `CatalogueError.serviceMissing` or `.cannotWrite`.
    public init(directory: String? = nil, durability: Durability = .kept) throws {
        programs = try ServerPrograms.find()
        let choice = try ClusterFolder.choose(
            directory ?? Self.defaultDirectory, isDefault: directory == nil, programs: programs)
        folder = choice.folder
        remark = choice.remark
        self.durability = durability
    }

    /// The cluster's folder.
    public var directory: String { folder.path }

    /// The libpq URL of the catalogue's database.
    public var url: String { url(database: Self.name) }

    /// The libpq URL of one of the cluster's databases.
    public func url(database: String) -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~/"))
        let host =
            folder.socket.addingPercentEncoding(withAllowedCharacters: allowed) ?? folder.socket
        return "postgresql:///\(database)?host=\(host)&user=\(Self.name)"
    }

    /// What `start` found.
    public enum Started: Hashable, Sendable {
        case created, started, alreadyRunning
    }

    /// Creates the cluster where there is none, starts it where it does not run, and waits until
    /// it answers.  A start at the same time waits for the first.
    ///
    /// - Throws: `CatalogueError`.
    public func start() async throws -> Started {
        try prepareFolder()
        let lock = try await FolderLock.acquire(path: folder.lock)
        defer { lock.release() }
        if try await isRunningSoon() { return .alreadyRunning }
        try prepare(folder.socket)
        let exists = FileManager.default.fileExists(atPath: folder.data)
        if !exists { try create() }
        removeStaleLocks()
        try writeSettings()
        try control("start", "-l", folder.log, "-t", "60")
        try await createDatabase()
        return exists ? .started : .created
    }

    /// Stops the cluster; open sessions are ended.
    ///
    /// - Returns: whether it was running.
    /// - Throws: `CatalogueError.serverFailed`.
    public func stop() async throws -> Bool {
        guard await isRunning else { return false }
        let lock = try await FolderLock.acquire(path: folder.lock)
        defer { lock.release() }
        guard await isRunning else { return false }
        try control("stop", "-m", "fast", "-t", "60")
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
