import Files
import Foundation

/// Where a private cluster keeps its files.
struct ClusterFolder: Sendable {
    let path: String
    /// The cluster's name.
    let name: String

    var data: String { "\(path)/data" }
    var log: String { "\(path)/server.log" }
    var settings: String { "\(data)/\(name).conf" }
    var processFile: String { "\(data)/postmaster.pid" }

    /// The lock of those who start or stop the server, waited for.
    ///
    /// - Throws: `PostgreSQLServerError` of code `cannotWrite`.
    func locked() async throws(PostgreSQLServerError) -> FileLock {
        let file = "\(path)/lock"
        do throws(FilesError) {
            return try await FileLock.waiting(for: file, permissions: 0o600)
        } catch {
            throw PostgreSQLServerError(
                .cannotWrite, "\(file) cannot be locked: \(error.reason)")
        }
    }

    /// The folder of the Unix socket: within the cluster's, or a short one below /tmp where that
    /// is too long for `sun_path` (unix(7): 108 bytes with the closing zero).
    var socket: String {
        let near = "\(path)/socket"
        return "\(near)/.s.PGSQL.5432".utf8.count <= 107 ? near : "/tmp/\(name)-\(Self.mark(path))"
    }

    /// Whether a process of a server lives here: each works in the data folder.
    var isServed: Bool {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let data = URL(fileURLWithPath: data).resolvingSymlinksInPath().path
        return processes.contains { process in
            Int(process) != nil
                && (try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "/proc/\(process)/cwd")) == data
        }
    }

    /// The folder `wanted`, or `Choice.remark` and another where the server's user cannot reach it.
    ///
    /// - Parameter mayMove: whether another one will do.
    /// - Throws: `PostgreSQLServerError` of code `cannotWrite` where the folder cannot be reached
    ///   and no other will do.
    static func choose(
        _ wanted: String, name: String, mayMove: Bool, programs: ServerPrograms
    ) throws -> Choice {
        let path = URL(fileURLWithPath: wanted).standardizedFileURL.path
        guard let user = programs.user, let closed = try closedParent(of: path, to: programs) else {
            return Choice(folder: ClusterFolder(path: path, name: name), remark: nil)
        }
        guard mayMove else {
            throw PostgreSQLServerError(
                .cannotWrite,
                "PostgreSQL runs as user \(user), who cannot enter \(closed): name another "
                    + "folder with --directory")
        }
        let other = "/var/lib/postgresql/\(name)-\(mark(path))"
        return Choice(
            folder: ClusterFolder(path: other, name: name),
            remark:
                "the private cluster is in \(other), because user \(user) cannot enter \(closed)")
    }

    struct Choice: Sendable {
        let folder: ClusterFolder
        /// What the operator should know; `nil` where the folder is the wanted one.
        let remark: String?
    }

    /// The first folder above `path` that exists and that the server's user cannot enter.
    private static func closedParent(of path: String, to programs: ServerPrograms) throws -> String?
    {
        var parents: [String] = []
        var parent = (path as NSString).deletingLastPathComponent
        while parent != "/" && !parent.isEmpty {
            parents.append(parent)
            parent = (parent as NSString).deletingLastPathComponent
        }
        for parent in parents.reversed() where FileManager.default.fileExists(atPath: parent) {
            if try programs.run(command: ["/usr/bin/test", "-x", parent]).status != 0 {
                return parent
            }
        }
        return nil
    }

    /// A short name for a path (FNV-1a, 64 bits).
    private static func mark(_ path: String) -> String {
        let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}
