import Glibc

/// The payload's process.
struct Payload {
    let program: String
    let arguments: [String]
    let folder: PayloadPlace

    /// Seconds from TERM to KILL.
    private static let grace = 10.0

    /// Seconds that a program may still be open for writing, as just after its installation
    /// (`ETXTBSY`, execve(2)), and those between two tries.
    private static let (busy, retry) = (10.0, 0.05)

    /// Runs the process to its end, which comes at the latest with the walltime.
    func run(walltime: Double) -> Outcome {
        let start = Self.now(CLOCK_REALTIME)
        let signals = Self.blockedSignals()
        guard let process = spawn() else {
            return Outcome(
                start: start, end: Self.now(CLOCK_REALTIME), exitCode: 127, isOverdue: false,
                usage: rusage())
        }
        folder.note(payload: process)
        var usage = rusage()
        var status: Int32 = 0
        var isOverdue = false
        var deadline = Self.now(CLOCK_MONOTONIC) + walltime
        var nextSignal = SIGTERM
        while wait4(process, &status, WNOHANG, &usage) == 0 {
            let event = Self.wait(for: signals, until: deadline)
            if event == SIGCHLD { continue }
            if event == 0 { isOverdue = isOverdue || nextSignal == SIGTERM }
            kill(-process, event == 0 ? nextSignal : SIGTERM)
            nextSignal = SIGKILL
            deadline = Self.now(CLOCK_MONOTONIC) + Self.grace
        }
        kill(-process, SIGKILL)
        return Outcome(
            start: start, end: Self.now(CLOCK_REALTIME), exitCode: Self.exitCode(status),
            isOverdue: isOverdue, usage: usage)
    }

    /// Starts the process in a group of its own, with the default handling of all signals.
    private func spawn() -> pid_t? {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        let mode = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, 1, "\(folder.path)/stdout", mode, 0o644)
        posix_spawn_file_actions_addopen(&files, 2, "\(folder.path)/stderr", mode, 0o644)
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        var failure: Int32
        let last = Self.now(CLOCK_MONOTONIC) + Self.busy
        repeat {
            failure = posix_spawn(&process, program, &files, &attributes, words, environ)
            guard failure == ETXTBSY else { break }
            usleep(useconds_t(Self.retry * 1e6))
        } while Self.now(CLOCK_MONOTONIC) < last
        guard failure == 0 else {
            note("cannot start \(program): \(String(cString: strerror(failure)))")
            return nil
        }
        return process
    }

    private func note(_ message: String) {
        guard let file = fopen("\(folder.path)/stderr", "a") else { return }
        fputs("\(message)\n", file)
        fclose(file)
    }

    /// The end of a child and the wish to end are waited for, not handled.
    private static func blockedSignals() -> sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGCHLD, SIGTERM, SIGINT] { sigaddset(&signals, signal) }
        sigprocmask(SIG_BLOCK, &signals, nil)
        return signals
    }

    /// The next of the signals; 0 where none came in time.
    private static func wait(for signals: sigset_t, until deadline: Double) -> Int32 {
        var signals = signals
        let seconds = max(0, min(deadline - now(CLOCK_MONOTONIC), 1e6))
        var time = timespec(
            tv_sec: Int(seconds), tv_nsec: Int((seconds - seconds.rounded(.down)) * 1e9))
        let signal = sigtimedwait(&signals, nil, &time)
        guard signal < 0 else { return signal }
        return errno == EAGAIN && now(CLOCK_MONOTONIC) >= deadline ? 0 : SIGCHLD
    }

    private static func exitCode(_ status: Int32) -> Int32 {
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
