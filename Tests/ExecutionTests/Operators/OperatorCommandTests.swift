import Foundation
import Glibc
import GroundSegment
import Testing

@testable import Execution

/// The words of the command line, with the exit statuses that it documents.
@Suite(.timeLimit(.minutes(12)), .serialized) struct OperatorCommandTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func start(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws -> (process: Process, output: Pipe, errors: Pipe) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Programs.runner)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        return (process, output, errors)
    }

    private func run(_ words: String...) async throws -> Answer {
        try await Answer(words + ["--state", site.site.state, "--sdc", "SDC-FR"])
    }

    @Test("commands tell what they did, and end with the status of what became of them")
    func words() async throws {
        #expect(try await run("ping").status == 69)
        let submitted = try await run(
            "submit", "observation", "--id", "S", "--json", "--pipelines", site.site.pipelines)
        #expect(submitted.status == 0)
        let answer = try JSONDecoder().decode(
            CommandAnswer.self, from: Data(submitted.text.utf8))
        #expect(answer.state == "PENDING")
        let name = try #require(answer.run)
        #expect(
            try await run("run", "priority", name, "7").text == "\(name): priority 7, now PENDING\n"
        )
        #expect(
            try await run("job", "priority", "1/step", "5").text
                == "\(name)/step: priority 5, now UNREADY\n")
        #expect(
            try await run("job", "hold", "1/step", "--reason", "x").text
                == "\(name)/step: held, now HELD\n")
        #expect(
            try await run("job", "settle", "1/step", "--completed").text
                == "\(name)/step: taken as completed, now COMPLETED\n")
        #expect(try await run("tag", "1/step", "a=b").text == "\(name)/step: tagged: a\n")
        let release = try await run("run", "release", "1")
        #expect(release.status == 1)
        #expect(
            release.errors == """
                sdc-runner: run 1 is PENDING; release is legal in HELD
                sdc-runner: legal now: hold, priority, cancel

                """)
        #expect(try await run("run", "cancel", "2").status == 66)
        #expect(try await run("run", "cancel", "1").text == "\(name): cancelled, now ABORTED\n")
        #expect(try await run("submit", "nothing", "--pipelines", site.site.pipelines).status == 66)
        #expect(try await run("job", "hold", "1").status == 64)
    }

    @Test(
        "the daemon tells its service manager when it is ready, that it is alive, and when it ends")
    func daemon() async throws {
        let path = "/tmp/sgs-\(UUID().uuidString.prefix(8)).sock"
        defer { unlink(path) }
        let notices = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(notices) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(notices, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        let daemon = try start(
            [
                "serve", "--sdc", "SDC-FR", "--state", site.site.state, "--storage",
                site.site.storageRoot, "--pipelines", site.site.pipelines, "--orders",
                site.site.orders,
            ], environment: ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "400000"])
        func notice() -> String {
            var bytes = [UInt8](repeating: 0, count: 100)
            let count = recv(notices, &bytes, bytes.count, 0)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
        #expect(notice() == "READY=1")
        #expect(notice() == "WATCHDOG=1")
        #expect(try await run("ping").status == 0)
        #expect(notice() == "WATCHDOG=1")
        daemon.process.terminate()
        var last = notice()
        while last == "WATCHDOG=1" { last = notice() }
        #expect(last == "STOPPING=1")
        daemon.process.waitUntilExit()
        #expect(daemon.process.terminationStatus == 0)
        #expect(try await run("ping").status == 69)
    }
}
