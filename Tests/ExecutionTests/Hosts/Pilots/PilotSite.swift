import Foundation
import Glibc
import Logging
import NIOCore

@testable import Execution
@testable import Payloads

/// Real pilots of a test, and the server that they dial.
final class PilotSite {
    let folder: TestFolder
    let notices = PilotNotices()
    let orders: PilotOrders
    private(set) var server: PilotServer
    private var processes: [PilotProcess] = []

    /// - Parameter change: what is another way in the pilots' orders.
    init(
        listening: PilotAddress = .tcp(host: "127.0.0.1", port: 0), walltime: Double = 3600,
        idle: Double = 300, warning: Double = 60, cores: Int = 2,
        limits: PilotServer.Limits = PilotServer.Limits()
    ) throws {
        folder = try TestFolder()
        var orders = PilotOrders(
            name: "pilot", token: PilotOrders.newToken(),
            address: "\(folder.path)/runner.address", cores: cores, memory: 1000,
            walltime: walltime, idle: idle, warning: warning)
        // Pauses of an eighth of a second at most.
        orders.retries = max(1, Int(idle * 8))
        self.orders = orders
        server = try Self.serve(listening, limits, orders, notices)
        try orders.write(in: folder.path)
        try server.address.write(to: orders.address)
    }

    static func serve(
        _ address: PilotAddress, _ limits: PilotServer.Limits,
        _ orders: PilotOrders, _ notices: PilotNotices
    ) throws -> PilotServer {
        try PilotServer(
            listening: address, limits: limits,
            token: { $0.hasPrefix(orders.name + ".") ? orders.token : nil },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, post: notices.post)
    }

    deinit {
        for process in processes { process.signal(SIGKILL) }
        for process in processes { _ = process.end() }
        server.close()
    }

    /// Starts a pilot, which is a task of the job.
    @discardableResult
    func start(task: Int = 1, folder: String? = nil) throws -> PilotProcess {
        let process = try PilotProcess(
            ["pilot", folder ?? self.folder.path],
            environment: ["BATCH_TASK": "\(task)", "TMPDIR": self.folder.path])
        processes.append(process)
        return process
    }

    /// Another runner in place of the one before it, told to the pilots.
    func restart(listening: PilotAddress = .tcp(host: "127.0.0.1", port: 0)) throws {
        server.close()
        server = try Self.serve(listening, PilotServer.Limits(), orders, notices)
        try server.address.write(to: orders.address)
    }

    /// An order of a shell script, which starts in `work/ID`.
    func order(_ id: String, _ script: String, grace: Double = 5, cores: Int = 1) -> AttemptOrder {
        AttemptOrder(
            id: id, token: 7, program: "/bin/sh", arguments: ["-c", script],
            folder: "\(folder.path)/attempts/\(id)", workFolder: "\(folder.path)/work/\(id)",
            limits: AttemptLimits(walltime: 3600, grace: grace), need: Need(cores: cores))
    }

    func result(_ id: String) -> AttemptResult? {
        let attempt = AttemptFolder(path: "\(folder.path)/attempts/\(id)")
        guard case .ended(let result) = attempt.condition() else { return nil }
        return result
    }

    /// A script that waits for a file `go` in the site's folder.
    static let waits = "until test -e ../../go; do sleep 0.01; done"

    func go() throws { try folder.write("", to: "go") }

    func end(of task: Int = 1) -> PilotEnd? { PilotEnd(folder: folder.path, task: task) }

    /// What lies in the folder that is no test's own.
    func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasPrefix("sgs-payload-")
        }
    }
}
