import Files
import Glibc

/// A command of a batch system, run to its end within a time and a size of its output.
struct SystemCommand {
    /// What it said and how it ended.
    struct Outcome {
        var exit: BatchJobExit
        var output: String
        var errors: String

        /// All it said, complaints first.
        var words: String { errors + "\n" + output }
    }

    /// Bytes of standard output; more is not read, and no answer.
    static let mostOutput = 1 << 26
    /// Bytes of standard error that are kept.
    private static let mostErrors = 1 << 16
    /// Milliseconds between two looks whether it has ended, for what it has started may keep its
    /// output open.
    private static let glance = 50

    let words: [String]
    let environment: [String: String]
    let timeout: Duration

    /// - Throws: `BatchSystemError`: `notFound`, `timeout` or `unreadable`.
    func run() throws(BatchSystemError) -> Outcome {
        let output = try Pipe()
        let errors = try Pipe()
        defer {
            output.close()
            errors.close()
        }
        let child = try ChildProcess(
            group: words, environment: environment, output: output.writing, error: errors.writing)
        output.closeWriting()
        errors.closeWriting()
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: timeout)
        while true {
            let hasEnded = child.hasEnded()
            output.read(keeping: Self.mostOutput + 1)
            errors.read(keeping: Self.mostErrors)
            if output.bytes.count > Self.mostOutput {
                end(child)
                throw BatchSystemError(
                    .unreadable, "\(name) said more than \(Self.mostOutput >> 20) MiB")
            }
            if hasEnded { break }
            guard clock.now < deadline else {
                end(child)
                throw BatchSystemError(.timeout, "\(name) did not answer within \(timeout)")
            }
            Pipe.wait(for: [output, errors], milliseconds: Self.glance)
        }
        return Outcome(exit: child.exit(), output: output.text, errors: errors.text)
    }

    /// The command as messages name it.
    private var name: String { words.prefix(4).joined(separator: " ") }

    private func end(_ child: ChildProcess) {
        child.signal(SIGKILL)
        _ = child.reap()
    }
}

/// One stream of a command's output.
private final class Pipe {
    private var reading: Int32
    private(set) var writing: Int32
    private(set) var bytes: [UInt8] = []
    private var isAtEnd = false

    init() throws(BatchSystemError) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw BatchSystemError(
                .busy, "cannot start a command: \(String(cString: strerror(errno)))")
        }
        reading = ends[0]
        writing = ends[1]
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func closeWriting() {
        if writing >= 0 { Glibc.close(writing) }
        writing = -1
    }

    func close() {
        closeWriting()
        if reading >= 0 { Glibc.close(reading) }
        reading = -1
    }

    /// Takes what is there now; what is more than `most` is dropped.
    func read(keeping most: Int) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while !isAtEnd {
            let count = recv(reading, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return }
            guard count > 0 else {
                isAtEnd = true
                return
            }
            bytes += buffer.prefix(min(count, max(0, most - bytes.count)))
            if bytes.count >= most, most > 1 << 20 { return }
        }
    }

    /// Waits until one of them has something, or for a while.
    static func wait(for pipes: [Pipe], milliseconds: Int) {
        var descriptors = pipes.filter { !$0.isAtEnd }.map {
            pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0)
        }
        _ = poll(&descriptors, nfds_t(descriptors.count), Int32(milliseconds))
    }
}
