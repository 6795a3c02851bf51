import Documents
import Files
import Foundation
import Glibc
import Synchronization

/// Evaluates JavaScript by `node`: one process, started with the first expression, that gets one
/// expression a line.
final class JavaScriptEngine: Sendable {
    private struct Running {
        let child: ChildProcess
        /// The other end of its standard input and output.
        let end: Int32
        var received: [UInt8] = []
    }

    private let running = Mutex<Running?>(nil)
    /// The same process, for those that do not wait for its answer.
    private let child = Mutex<ChildProcess?>(nil)
    private let program: String?
    private let patience: Duration

    /// Bytes of an answer; a longer one is a fault.
    private static let mostAnswer = 256 << 20

    /// - Parameters:
    ///   - path: the folders where `node` is looked for, as of PATH.
    ///   - patience: how long an expression may take.
    init(path: String, patience: Duration = .seconds(20)) {
        program = path.split(separator: ":").flatMap { folder in
            ["node", "nodejs"].map { "\(folder)/\($0)" }
        }.first { access($0, X_OK) == 0 && !FileTree.isFolder($0) }
        self.patience = patience
    }

    /// Whether there is a program that evaluates.
    var isThere: Bool { program != nil }

    /// The value of an expression.
    ///
    /// - Throws: `CWLError`: `permanentFailure` where the expression throws, takes too long or gives
    ///   no JSON; `unsupported` without `node`.
    func evaluate(_ order: JSONValue) throws -> JSONValue {
        try running.withLock { running in
            var engine = try running ?? start()
            running = nil
            do {
                let answer = try Self.ask(order, &engine, patience: patience + .seconds(5))
                running = engine
                if let fault = answer["fault"]?.string { throw CWLError.failure(fault) }
                guard let text = answer["value"]?.string,
                    let value = try? DocumentValue(text, notation: .json)
                else { throw CWLError.failure("no JSON") }
                return JSONValue(value)
            } catch let error as EngineEnd {
                stop(engine)
                throw CWLError.failure(error.words)
            }
        }
    }

    /// Ends the process.
    func stop() {
        running.withLock { running in
            if let engine = running { stop(engine) }
            running = nil
        }
    }

    /// Kills the process at once, whatever it evaluates.
    func interrupt() {
        child.withLock { $0?.signal(SIGKILL) }
    }

    private func start() throws -> Running {
        guard let program else {
            throw CWLError(.unsupported, "JavaScript needs node, which is not installed")
        }
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw CWLError(.cannotWrite, "no socket: \(String(cString: strerror(errno)))")
        }
        let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
        defer {
            close(ends[1])
            close(nowhere)
        }
        let (seconds, attoseconds) = patience.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        do {
            let code = String(decoding: PackageResources.evaluate_expressions_js, as: UTF8.self)
            let child = try ChildProcess(
                [program, "--max-old-space-size=1024", "-e", code, String(milliseconds)],
                environment: ["PATH": "/usr/bin:/bin"], input: ends[1], output: ends[1],
                error: nowhere, isGroup: true)
            self.child.withLock { $0 = child }
            return Running(child: child, end: ends[0])
        } catch {
            close(ends[0])
            throw CWLError(.unsupported, "JavaScript: \(error)")
        }
    }

    private func stop(_ engine: Running) {
        child.withLock { child in
            engine.child.signal(SIGKILL)
            _ = engine.child.reap()
            child = nil
        }
        close(engine.end)
    }

    /// The process has ended, or does not answer.
    private struct EngineEnd: Error {
        let words: String
    }

    private static func ask(_ order: JSONValue, _ engine: inout Running, patience: Duration) throws
        -> JSONValue
    {
        let end = engine.end
        try send(Array((order.encoded + "\n").utf8), to: end)
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: patience)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var searched = 0
        while true {
            if let newline = engine.received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let text = String(decoding: engine.received[..<newline], as: UTF8.self)
                engine.received = Array(engine.received[(newline + 1)...])
                guard let value = try? DocumentValue(text, notation: .json) else {
                    throw EngineEnd(words: "an answer that is no JSON")
                }
                return JSONValue(value)
            }
            searched = engine.received.count
            guard searched < mostAnswer else {
                throw EngineEnd(words: "a value of more than \(mostAnswer >> 20) MiB")
            }
            guard clock.now < deadline else { throw EngineEnd(words: "it did not end in time") }
            var wanted = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
            _ = poll(&wanted, 1, 200)
            let count = recv(end, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                engine.received += buffer[..<count]
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                throw EngineEnd(words: "node has ended, maybe for want of memory")
            }
        }
    }

    private static func send(_ bytes: [UInt8], to end: Int32) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    end, buffer.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw EngineEnd(words: "node has ended") }
            sent += count
        }
    }
}
