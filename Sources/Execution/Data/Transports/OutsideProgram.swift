import Files
import Glibc

/// A program that is run to its end, or in the background, on the thread that asks for it.
///
/// Nothing of this process but the three standard streams is passed on to it, and its end is that
/// of its own process, whatever it or others started.
struct OutsideProgram {
    private let child: ChildProcess
    private let output: Int32

    var process: pid_t { child.number }

    /// Starts a program that is looked for in PATH; nothing is read on its standard input.
    ///
    /// - Throws: `ExecutionError` of code `storage` where it cannot be started.
    init(_ words: [String]) throws {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw StoredFiles.failure("cannot start", words.first ?? "")
        }
        defer { close(ends[1]) }
        do throws(FilesError) {
            child = try ChildProcess(words, output: ends[1], error: ends[1], isGroup: false)
        } catch {
            close(ends[0])
            throw ExecutionError(.storage, error.description)
        }
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
        return Self.end(child.reap() ?? 0, text)
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
        while true {
            let hasEnded = child.hasEnded()
            text += printed().prefix(max(0, limit - text.count))
            if hasEnded { return Self.end(child.reap() ?? 1 << 8, text) }
            if ContinuousClock.now >= deadline { break }
            usleep(Self.pause)
        }
        child.signal(SIGKILL)
        _ = child.reap()
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
