import CSpawn
import Glibc

/// A program that was started with nothing of this process but what it is given: no descriptor but
/// the standard ones, no blocked or ignored signal.
///
/// Not Foundation's `Process`: that waits until nobody holds what its children inherit.
public struct ChildProcess: Sendable {
    /// Its number.
    public let number: Int32
    private let isGroup: Bool

    /// Starts a program that is looked for in PATH.
    ///
    /// - Parameters:
    ///   - words: the program and its arguments.
    ///   - environment: that of this process where `nil`.
    ///   - folder: where it starts; where this process is, if `nil`.
    ///   - input: what becomes its standard input, which is empty where `nil`.
    ///   - output: what becomes its standard output.
    ///   - error: what becomes its standard error.
    ///   - isGroup: it leads a process group of its own.
    /// - Throws: `FilesError`: `missing` where there is no such program, or it is none.
    public init(
        _ words: [String], environment: [String: String]? = nil, folder: String? = nil,
        input: Int32? = nil, output: Int32, error: Int32, isGroup: Bool
    ) throws(FilesError) {
        guard let program = words.first else {
            throw FilesError(.missing, "cannot start", "", reason: "a command without words")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let folder { posix_spawn_file_actions_addchdir_np(&actions, folder) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
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
                | (isGroup ? Int16(POSIX_SPAWN_SETPGROUP) : 0))
        var texts = words.map { strdup($0) } + [nil]
        let variables = environment?.sorted { $0.key < $1.key }.map { strdup("\($0)=\($1)") }
        defer { for text in texts + (variables ?? []) { free(text) } }
        var process: pid_t = 0
        let fault: Int32
        if var variables {
            variables.append(nil)
            fault = posix_spawnp(&process, program, &actions, &attributes, &texts, &variables)
        } else {
            fault = posix_spawnp(&process, program, &actions, &attributes, &texts, environ)
        }
        guard fault == 0 else {
            throw FilesError(
                [ENOENT, ENOTDIR, EACCES].contains(fault) ? .missing : .refused, "cannot start",
                program, reason: String(cString: strerror(fault)))
        }
        number = process
        self.isGroup = isGroup
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

    /// Signals it, and all of its group where it leads one; only while it has not been reaped.
    public func signal(_ signal: Int32) {
        _ = kill(isGroup ? -number : number, signal)
    }

    /// Whether its end is there to be reaped.
    ///
    /// - Parameter isWaiting: waits for it.
    public func hasEnded(isWaiting: Bool = false) -> Bool {
        var information = siginfo_t()
        let options = WEXITED | WNOWAIT | (isWaiting ? 0 : WNOHANG)
        while waitid(P_PID, id_t(number), &information, options) != 0 {
            guard errno == EINTR else { return true }
        }
        return information.si_signo == SIGCHLD
    }

    /// Waits for its end; its number is then free for others.
    ///
    /// - Returns: its status as of waitpid(2); `nil` where that is not known.
    public func reap() -> Int32? {
        var status: Int32 = 0
        while waitpid(number, &status, 0) < 0 {
            guard errno == EINTR else { return nil }
        }
        return status
    }
}
