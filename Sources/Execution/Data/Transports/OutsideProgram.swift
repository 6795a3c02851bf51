import Glibc

/// A program that is run to its end, or in the background, on the thread that asks for it.
///
/// Nothing of this process but the three standard streams is passed on to it, and its end is that
/// of its own process, whatever it or others started.
struct OutsideProgram {
    let process: pid_t
    private let output: Int32

    /// Starts a program that is looked for in PATH; nothing is read on its standard input.
    ///
    /// - Throws: `ExecutionError` of code `storage` where it cannot be started.
    init(_ words: [String]) throws {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw StoredFiles.failure("cannot start", words[0])
        }
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
        var texts = words.map { strdup($0) } + [nil]
        defer { for text in texts { free(text) } }
        var number: pid_t = 0
        let fault = posix_spawnp(&number, words[0], &actions, &attributes, &texts, environ)
        guard fault == 0 else {
            close(ends[0])
            throw ExecutionError(
                .storage, "cannot start \(words[0]): \(String(cString: strerror(fault)))")
        }
        process = number
        output = ends[0]
    }

    /// How a program ended: its exit status, 128 plus its number where a signal ended it, and what
    /// it printed.
    typealias End = (status: Int32, text: String)

    /// Waits for the end.
    ///
    /// - Parameter limit: bytes of what it prints that are kept, those of its beginning.
    func end(limit: Int = 1 << 16) -> End {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = read(output, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            text += buffer.prefix(min(count, max(0, limit - text.count)))
        }
        close(output)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return Self.end(status, text)
    }

    /// Waits for the end of the program's own process, whatever still has its output open; one that
    /// has not ended in time is killed.
    ///
    /// - Parameters:
    ///   - seconds: how long it is waited for, by a clock that only goes forward.
    ///   - limit: bytes of what it prints that are kept, those of its beginning.
    /// - Returns: `nil` where it was killed.
    func end(within seconds: Double, limit: Int = 1 << 12) -> End? {
        defer { close(output) }
        let deadline = ContinuousClock.now + .seconds(seconds)
        var text: [UInt8] = []
        var status: Int32 = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            text += printed().prefix(max(0, limit - text.count))
            if ended == process { return Self.end(status, text) }
            if ended < 0, errno != EINTR { return Self.end(1 << 8, text) }
            if ContinuousClock.now >= deadline { break }
            usleep(Self.pause)
        }
        kill(process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return nil
    }

    /// Microseconds between two looks whether it has ended.
    private static let pause: useconds_t = 2000

    /// What it has printed since the last look.
    private func printed() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 12)
        let count = recv(output, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return Array(buffer.prefix(max(0, count)))
    }

    private static func end(_ status: Int32, _ text: [UInt8]) -> End {
        let signal = status & 0x7F
        return (
            signal == 0 ? status >> 8 & 0xFF : 128 + signal, String(decoding: text, as: UTF8.self)
        )
    }
}
