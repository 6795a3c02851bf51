import Glibc

/// The folder in which the payload's lock and its result are.
struct PayloadPlace {
    let path: String

    /// Takes the lock and keeps it until this process and the payload have ended: the payload
    /// inherits the descriptor.
    func lock() -> Bool {
        let descriptor = open("\(path)/lock", O_RDWR | O_CREAT, 0o644)
        return descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Whether this run is not wanted any more, or has been.
    var isRevokedOrEnded: Bool {
        access("\(path)/revoked", F_OK) == 0 || access("\(path)/result.json", F_OK) == 0
    }

    /// Writes this process's and the payload's ids into the lock file.
    func note(payload: pid_t) {
        guard let file = fopen("\(path)/lock", "r+") else { return }
        fputs("\(getpid()) \(payload)", file)
        fclose(file)
    }

    /// Writes the result; it has its name only when all its bytes are on the disk.
    func write(_ outcome: Outcome) -> Bool {
        let temporary = "\(path)/result.part"
        guard let file = fopen(temporary, "w") else { return false }
        let isWritten =
            fputs(outcome.json, file) >= 0 && fflush(file) == 0 && fsync(fileno(file)) == 0
        fclose(file)
        guard isWritten, rename(temporary, "\(path)/result.json") == 0 else { return false }
        let directory = open(path, O_RDONLY)
        defer { close(directory) }
        return fsync(directory) == 0
    }
}

/// How the payload ended.
struct Outcome {
    /// Seconds since 1970-01-01T00:00 UTC.
    let start: Double
    let end: Double
    /// 128 plus the signal's number where a signal ended it.
    let exitCode: Int32
    let isOverdue: Bool
    let usage: rusage

    var json: String {
        """
        {"start": \(start), "end": \(end), "exitCode": \(exitCode), "isOverdue": \(isOverdue), \
        "userSeconds": \(Self.seconds(usage.ru_utime)), "systemSeconds": \(Self.seconds(usage.ru_stime)), \
        "peakMemory": \(usage.ru_maxrss)}

        """
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
