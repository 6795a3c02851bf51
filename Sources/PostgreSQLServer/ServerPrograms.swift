import Files
import Foundation

/// The programs of an installed PostgreSQL server, and the user that they run as.
struct ServerPrograms: Sendable {
    /// The folder that holds `initdb`, `pg_ctl` and `postgres`.
    let folder: String
    /// The unprivileged user that a superuser hands them to; `nil` where the caller is one.
    let user: String?

    /// The newest server of Debian's folders, else the one on PATH.
    ///
    /// - Throws: `PostgreSQLServerError.missing`, with what to install.
    static func find(environment: [String: String] = ProcessInfo.processInfo.environment) throws
        -> ServerPrograms
    {
        let folders = ProgramFinder.folders(environment: environment)
        guard let folder = ProgramFinder.folder(of: "initdb", in: folders) else {
            throw PostgreSQLServerError(
                .missing,
                "no PostgreSQL server found below \(ProgramFinder.debian) or on PATH; "
                    + "run: apt-get install postgresql-15 postgresql-contrib")
        }
        guard geteuid() == 0 else { return ServerPrograms(folder: folder, user: nil) }
        guard getpwnam("postgres") != nil else {
            throw PostgreSQLServerError(
                .missing,
                "PostgreSQL does not run as root, and there is no user postgres to run it as; "
                    + "run: useradd --system postgres")
        }
        return ServerPrograms(folder: folder, user: "postgres")
    }

    /// Owner of the server's files, as (user, group).
    var owner: (uid_t, gid_t) {
        guard let user, let entry = getpwnam(user) else { return (geteuid(), getegid()) }
        return (entry.pointee.pw_uid, entry.pointee.pw_gid)
    }

    /// Runs one of the server's programs and waits for it, on a thread that may wait.
    func run(_ program: String, _ arguments: [String]) async throws -> ChildProcess.Outcome {
        try await BlockingThreads.shared.run {
            try run(command: ["\(folder)/\(program)"] + arguments)
        }
    }

    /// Runs a command as the server's user and waits for it.
    func run(command: [String]) throws -> ChildProcess.Outcome {
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        environment["LC_ALL"] = "C"
        // The working directory may be one that the server's user cannot enter.
        let prefix =
            user.map { ["/usr/bin/env", "-C", "/", "/usr/sbin/runuser", "-u", $0, "--"] } ?? []
        return try ChildProcess.run(prefix + command, environment: environment)
    }
}
