import Glibc

/// A program that is run and waited for, with its output.
///
/// Not Foundation's `Process`: that waits until nobody holds the socket which its children
/// inherit, and so never returns when one of them leaves a server behind.
enum ChildProcess {
    struct Outcome: Sendable {
        /// The exit status; 128 plus the signal's number where a signal ended it.
        let status: Int32
        /// Standard output and standard error.
        let output: String
    }

    /// - Parameter command: an absolute path and arguments.
    /// - Throws: `PostgreSQLServerError` of code `missing` where the program cannot be run.
    static func run(_ command: [String], environment: [String: String]) throws -> Outcome {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
            throw PostgreSQLServerError(.failed, "no pipe for \(command[0]): \(reason(errno))")
        }
        defer { close(ends[0]) }
        let child = spawn(command, environment: environment, output: ends[1])
        close(ends[1])
        switch child {
        case .failure(let error): throw error
        case .success(let process):
            let output = read(ends[0])
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 && errno == EINTR {}
            let signal = status & 0x7f
            return Outcome(status: signal == 0 ? status >> 8 & 0xff : 128 + signal, output: output)
        }
    }

    private static func spawn(
        _ command: [String], environment: [String: String], output: Int32
    ) -> Result<pid_t, PostgreSQLServerError> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        // A server that stays must not keep open what this process closes.
        for descriptor in 3...highestDescriptor() + 1000 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        let arguments = command.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process: pid_t = 0
        let error = posix_spawn(&process, command[0], &actions, nil, arguments, variables)
        guard error == 0 else {
            return .failure(
                PostgreSQLServerError(.missing, "\(command[0]) cannot be run: \(reason(error))"))
        }
        return .success(process)
    }

    /// The highest file descriptor that is open now; other threads may open a few more meanwhile.
    private static func highestDescriptor() -> Int32 {
        guard let folder = opendir("/proc/self/fd") else { return 1024 }
        defer { closedir(folder) }
        var highest: Int32 = 3
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            highest = max(highest, Int32(name) ?? 0)
        }
        return highest
    }

    private static func read(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 || errno != EINTR {
                break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func reason(_ error: Int32) -> String { String(cString: strerror(error)) }
}
