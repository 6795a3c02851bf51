import Foundation

/// The real program `sdc-runner`, serving an SDC of a test's site.
final class RunnerProcess {
    private let process = Process()
    private let log = Pipe()
    private(set) var lines = 0

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
        process.standardError = log
        process.standardOutput = FileHandle.nullDevice
        try process.run()
    }

    /// Reads what the runner logs until it has logged `count` lines, or has ended.
    func waitForLines(_ count: Int) {
        while lines < count {
            let data = log.fileHandleForReading.availableData
            if data.isEmpty { return }
            lines += data.count { $0 == UInt8(ascii: "\n") }
        }
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for the end and gives the exit status; 128 plus the signal's number where one ended it.
    func end() -> Int32 {
        // The pipe may have come into the hands of a process that another test started.
        let descriptor = log.fileHandleForReading.fileDescriptor
        while process.isRunning {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 20) > 0 else { continue }
            let data = log.fileHandleForReading.availableData
            if data.isEmpty { break }
            lines += data.count { $0 == UInt8(ascii: "\n") }
        }
        process.waitUntilExit()
        return process.terminationReason == .exit
            ? process.terminationStatus : 128 + process.terminationStatus
    }
}
