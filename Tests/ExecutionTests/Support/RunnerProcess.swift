import Foundation

/// The real program `sdc-runner`, serving an SDC of a test's site.
final class RunnerProcess {
    private let process = Process()
    private let log = RunnerLog()

    init(
        _ site: TestSite, sdc: String, more: [String] = [], environment: [String: String] = [:]
    ) throws {
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.executableURL = URL(fileURLWithPath: Programs.runner)
        process.arguments =
            [
                "--sdc", sdc, "--storage", site.storageRoot, "--state", site.state, "--pipelines",
                site.pipelines,
                "--orders", site.orders, "--clock", "1859-02-25T00:00:00Z", "--slots", "2",
                "--log-level", "info",
            ] + more
        process.standardError = log.pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        log.read()
    }

    /// How many it has logged.
    var lines: Int { log.count }

    /// Waits until the runner has logged `count` lines, or logs no more.
    func waitForLines(_ count: Int) { log.wait(for: count) }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for the end and gives the exit status; 128 plus the signal's number where one ended it.
    func end() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit
            ? process.terminationStatus : 128 + process.terminationStatus
    }
}

/// Takes what a runner logs, on a thread of its own: one that nobody reads would stop the runner
/// as soon as the pipe is full.
private final class RunnerLog: @unchecked Sendable {
    let pipe = Pipe()
    private let changed = NSCondition()
    private var lines = 0
    private var isOver = false

    func read() {
        Thread.detachNewThread { [self] in
            var data: Data
            repeat {
                data = pipe.fileHandleForReading.availableData
                changed.withLock {
                    lines += data.count { $0 == UInt8(ascii: "\n") }
                    isOver = data.isEmpty
                    changed.broadcast()
                }
            } while !data.isEmpty
        }
    }

    var count: Int { changed.withLock { lines } }

    func wait(for count: Int) {
        changed.withLock {
            while lines < count, !isOver { changed.wait() }
        }
    }
}
