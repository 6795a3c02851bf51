import Foundation
import Glibc
import Testing

@testable import Payloads

/// `sdc-payload attempt`, as a batch job runs it.
@Suite(.timeLimit(.minutes(10))) struct AgentJobTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private func order(
        _ id: String, _ script: String, walltime: Double = 3600, cluster: String? = nil
    ) -> AttemptOrder {
        AttemptOrder(
            id: id, token: 7, program: "/bin/sh", arguments: ["-c", script],
            folder: "\(folder.path)/attempts/\(id)", workFolder: "\(folder.path)/work/\(id)",
            outputs: ["out": "\(folder.path)/work/\(id)/out"],
            limits: AttemptLimits(walltime: walltime, grace: 5), cluster: cluster)
    }

    private func attempt(_ id: String) -> AttemptFolder {
        AttemptFolder(path: "\(folder.path)/attempts/\(id)")
    }

    private func result(_ id: String) -> AttemptResult? {
        guard case .ended(let result) = attempt(id).condition() else { return nil }
        return result
    }

    /// Starts the program on a task's file with these orders.
    private func start(_ orders: [AttemptOrder], task: Int = 1) throws -> Process {
        let path = JobOrders.path(in: folder.path, task: task)
        try Data(JobOrders(orders).text).write(to: URL(fileURLWithPath: path))
        return try run(task: "\(task)")
    }

    private func run(task: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: TestAgent.program)
        process.arguments = ["attempt", folder.path]
        process.environment = ProcessInfo.processInfo.environment.merging([
            "BATCH_TASK": task, "TMPDIR": folder.path,
        ]) { $1 }
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func end(_ process: Process) -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test("the file of the job's task is run, and its result is there when the job ends")
    func oneTask() throws {
        #expect(
            end(try start([order("a", "echo 12 > out; echo said; test $SGS_CORES = 1")], task: 3))
                == 0)
        let result = try #require(self.result("a"))
        #expect(result.exit == .code(0))
        #expect(result.token == 7)
        #expect(result.outputs == ["out": .file(bytes: 3)])
        #expect(
            try String(contentsOfFile: attempt("a").standardOutput, encoding: .utf8) == "said\n")
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.sorted() == ["attempts", "task.3", "work"])
    }

    @Test("orders of one file run one after the other, and one that fails stops none")
    func cluster() throws {
        let orders = ["a", "b", "c"].map { order($0, "echo \($0) >> ../all; test \($0) != b") }
        #expect(end(try start(orders)) == 0)
        #expect(["a", "b", "c"].map { result($0)?.exit } == [.code(0), .code(1), .code(0)])
        #expect(result("b")?.ended == nil)
        let all = try String(contentsOfFile: "\(folder.path)/work/all", encoding: .utf8)
        #expect(all == "a\nb\nc\n")
    }

    @Test("what is revoked, or has a result, is never begun")
    func revoked() throws {
        try attempt("a").revoke()
        #expect(end(try start([order("a", "touch out"), order("b", "touch out")])) == 75)
        #expect(result("a") == nil)
        #expect(result("b")?.exit == .code(0))
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/work/a/out"))
        #expect(end(try start([order("b", "echo again > out")])) == 75)
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/work/b/out")).isEmpty)
    }

    @Test("an attempt whose job was killed is not begun again by the same job")
    func startedTwice() throws {
        let orders = [order("a", "echo >> ../begun; sleep 3600"), order("b", "echo >> ../begun")]
        let process = try start(orders)
        let begun = "\(folder.path)/work/begun"
        #expect(eventually { FileManager.default.fileExists(atPath: begun) })
        for one in ProcessTree.withDescendants([process.processIdentifier]) { kill(one, SIGKILL) }
        process.waitUntilExit()
        #expect(end(try start(orders)) == 75)
        #expect(result("a") == nil)
        #expect(result("b")?.exit == .code(0))
        #expect(try String(contentsOfFile: begun, encoding: .utf8) == "\n\n")
    }

    @Test("TERM to the job ends what runs with that cause, and begins nothing more")
    func terminated() throws {
        let process = try start([
            order("a", "echo > ../begun; sleep 3600"), order("b", "touch out"),
        ])
        #expect(
            eventually { FileManager.default.fileExists(atPath: "\(folder.path)/work/begun") })
        process.terminate()
        #expect(end(process) == 75)
        #expect(result("a")?.ended == .agentEnded)
        #expect(result("b") == nil)
    }

    @Test("an attempt that ends of a signal before its agent has heard it did not fail by itself")
    func terminatedFirst() throws {
        let process = try start([order("a", "echo > ../begun; sleep 3600")])
        #expect(
            eventually { FileManager.default.fileExists(atPath: "\(folder.path)/work/begun") })
        let agent = process.processIdentifier
        // Both have come when it goes on, that of the attempt's end first.
        kill(agent, SIGSTOP)
        for one in ProcessTree.withDescendants([agent]) where one != agent { kill(one, SIGKILL) }
        kill(agent, SIGTERM)
        kill(agent, SIGCONT)
        #expect(end(process) == 0)
        #expect(result("a")?.ended == .agentEnded)
    }

    @Test("an attempt that is revoked while it runs is cancelled")
    func cancelled() throws {
        let process = try start([order("a", "echo > ../begun; sleep 3600")])
        #expect(
            eventually { FileManager.default.fileExists(atPath: "\(folder.path)/work/begun") })
        try attempt("a").revoke()
        #expect(end(process) == 0)
        #expect(result("a")?.ended == .cancelled)
        // One look at it has been taken by then.
        #expect(attempt("a").samples().allSatisfy { $0.id == "a" })
        #expect(!attempt("a").samples().isEmpty)
    }

    @Test("limits hold, and what is left running is killed")
    func limits() throws {
        let script = "setsid sleep 3600 & exec sleep 3600"
        #expect(end(try start([order("a", script, walltime: 0.2)])) == 0)
        #expect(result("a")?.ended == .walltime)
        #expect(result("a")?.strays == 1)
    }

    @Test("a file that is none of orders, or none, is refused", arguments: ["x", "0", "2"])
    func badFile(_ task: String) throws {
        try Data("{}\n".utf8).write(
            to: URL(fileURLWithPath: JobOrders.path(in: folder.path, task: 2)))
        #expect(end(try run(task: task)) == (task == "2" ? 65 : 64))
        #expect(end(try run(task: "1")) == 71)
    }
}
