import Foundation
import PostgreSQL

extension PrivateCluster {
    /// Makes the cluster's folder, for the server's user alone.
    func prepareFolder() throws {
        let parent = (folder.path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw PostgreSQLServerError(
                .cannotWrite, "the folder \(parent) cannot be made: \(error.localizedDescription)")
        }
        try prepare(folder.path)
    }

    /// Makes a folder for the server's user alone, or accepts the one that is there.
    ///
    /// It gets its owner before its name: a start at the same time must not find it as root's.
    func prepare(_ path: String) throws {
        let (user, group) = programs.owner
        let draft = "\(path).\(UUID().uuidString)"
        if access(path, F_OK) != 0, mkdir(draft, 0o700) == 0 {
            let isOurs = geteuid() != 0 || chown(draft, user, group) == 0
            if !isOurs || rename(draft, path) != 0 { rmdir(draft) }
        }
        // A folder below /tmp may have been put there by somebody else.
        var facts = stat()
        guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR, facts.st_uid == user,
            chmod(path, 0o700) == 0
        else { throw unusable(path) }
    }

    private func unusable(_ path: String) -> PostgreSQLServerError {
        PostgreSQLServerError(
            .cannotWrite, "\(path) cannot be made, or is not a folder of user \(programs.owner.0)")
    }

    /// Makes the cluster's files under another name first, so that half of them never count.
    func create() async throws {
        let draft = "\(folder.path)/draft"
        try? FileManager.default.removeItem(atPath: draft)
        var arguments = [
            "-D", draft, "-U", name, "-A", "trust", "-E", "UTF8", "--locale=C",
            "--no-instructions",
        ]
        if durability == .scratch { arguments.append("--no-sync") }
        try succeed(await programs.run("initdb", arguments), doing: "initdb")
        let file = "\(draft)/postgresql.conf"
        guard let handle = FileHandle(forWritingAtPath: file), rename(draft, folder.data) == 0
        else {
            throw PostgreSQLServerError(.cannotWrite, "\(folder.data) cannot be made")
        }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("include = '\(name).conf'\n".utf8))
        try handle.close()
    }

    /// The settings that depend on where the cluster is, written anew at each start.
    func writeSettings() throws {
        let socket = folder.socket.replacingOccurrences(of: "'", with: "''")
        var text = """
            listen_addresses = ''
            port = 5432
            unix_socket_directories = '"\(socket)"'
            timezone = 'UTC'
            log_timezone = 'UTC'
            max_connections = \(durability == .scratch ? 1000 : 300)
            shared_buffers = '128MB'
            max_wal_size = '2GB'

            """
        if durability == .scratch {
            text += "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
        }
        do {
            try text.write(toFile: folder.settings, atomically: false, encoding: .utf8)
        } catch {
            throw PostgreSQLServerError(
                .cannotWrite, "\(folder.settings) cannot be written: \(error.localizedDescription)")
        }
        guard chmod(folder.settings, 0o644) == 0 else { throw unusable(folder.settings) }
    }

    /// Removes the lock files of a server that crashed.
    ///
    /// PostgreSQL does so itself unless a process of the same number lives: another program's by
    /// now, or a dead one that nobody has waited for.
    func removeStaleLocks() {
        guard !folder.isServed else { return }
        unlink(folder.processFile)
        unlink("\(folder.socket)/.s.PGSQL.5432.lock")
    }

    /// Makes the cluster's database where there is none.
    func createDatabase() async throws {
        let connection = try await Connection.open(url(database: "postgres"))
        do { try await connection.run(script: "CREATE DATABASE \(name)") } catch let error
            as PostgreSQLError where error.sqlState?.rawValue == "42P04"
        {}
        await connection.close()
    }

    func control(_ arguments: String...) async throws {
        let outcome = try await programs.run("pg_ctl", ["-D", folder.data, "-w", "-s"] + arguments)
        try succeed(outcome, doing: "pg_ctl \(arguments[0])")
    }

    private func succeed(_ outcome: ChildProcess.Outcome, doing what: String) throws {
        guard outcome.status != 0 else { return }
        let log = (try? String(contentsOfFile: folder.log, encoding: .utf8)) ?? ""
        let tail = log.split(separator: "\n").suffix(3).joined(separator: " | ")
        let said = outcome.output.split(separator: "\n").joined(separator: " | ")
        let text =
            "\(what) in \(folder.path) failed: \(said)" + (tail.isEmpty ? "" : "; log: \(tail)")
        let full = text.contains("No space left on device")
        throw PostgreSQLServerError(full ? .cannotWrite : .failed, text)
    }
}
