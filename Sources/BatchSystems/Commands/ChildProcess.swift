import Glibc

/// A program in a process group of its own, with nothing of this process but what it is given.
struct ChildProcess: Sendable {
    let process: pid_t

    /// Starts a program that is looked for in PATH.
    ///
    /// - Parameters:
    ///   - output: what becomes its standard output; the standard input is empty.
    /// - Throws: `BatchSystemError`: `notFound` where there is no such program.
    init(
        _ words: [String], environment: [String: String], output: Int32, error: Int32
    ) throws(BatchSystemError) {
        guard let program = words.first else {
            throw BatchSystemError(.configuration, "a command without words")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, error, 2)
        // What others have opened without O_CLOEXEC; one that is closed meanwhile is no fault.
        for number in Self.descriptors where number > 2 {
            posix_spawn_file_actions_addclose(&actions, number)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
                | Int16(POSIX_SPAWN_SETPGROUP))
        var texts = words.map { strdup($0) } + [nil]
        var variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in texts + variables { free(text) } }
        var number: pid_t = 0
        let fault = posix_spawnp(&number, program, &actions, &attributes, &texts, &variables)
        guard fault == 0 else {
            throw BatchSystemError(
                fault == ENOENT || fault == ENOTDIR || fault == EACCES ? .notFound : .busy,
                "cannot start \(program): \(String(cString: strerror(fault)))")
        }
        process = number
    }

    /// The descriptors of this process.
    private static var descriptors: [Int32] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var numbers: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name.0) { String(cString: $0) }
            if let number = Int32(name), number != dirfd(folder) { numbers.append(number) }
        }
        return numbers
    }

    /// Signals the whole group; only while it has not been reaped.
    func signal(_ number: Int32) {
        _ = kill(-process, number)
    }

    /// Whether its end is there to be reaped.
    ///
    /// - Parameter isWaiting: waits for it.
    func hasEnded(isWaiting: Bool = false) -> Bool {
        var information = siginfo_t()
        let options = WEXITED | WNOWAIT | (isWaiting ? 0 : WNOHANG)
        while waitid(P_PID, id_t(process), &information, options) != 0 {
            guard errno == EINTR else { return true }
        }
        return information.si_signo == SIGCHLD
    }

    /// Waits for its end; its number is then free for others.
    func reap() -> BatchJobExit {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return .code(0) }
        }
        return BatchJobExit(waitStatus: Int(status))
    }
}
