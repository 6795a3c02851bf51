import Foundation
import Synchronization
import Testing

@testable import BatchSystems

/// Commands that fail, hang or say what nobody understands.
struct CommandFaultTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private func slurm(
        _ commands: [String: String], timeout: Int = 30, retries: Int = 3,
        pause: @escaping @Sendable (Duration) -> Void = { _ in }
    ) throws -> CommandLineBatchSystem {
        var site = SiteBatch()
        site.timeout = timeout
        site.submission.retries = retries
        for (name, text) in commands {
            site.commands[name] = try folder.program(name, "#!/bin/sh\n\(text)\n")
        }
        return try CommandLineBatchSystem(.builtIn("slurm"), site: site, pause: pause)
    }

    private var job: BatchJob {
        BatchJob(name: "j-1", program: "/bin/true", folder: folder.path)
    }

    private func calls(of name: String) -> Int {
        folder.text("\(name).calls")?.split(separator: "\n").count ?? 0
    }

    private func counted(_ name: String) -> String { "echo call >> \(folder.path)/\(name).calls" }

    private static let busy =
        "echo 'sbatch: error: Batch job submission failed: "
        + "Socket timed out on send/recv operation' >&2; exit 1"

    @Test("a submission that fails twice for now is made once, after growing waits")
    func retriesSubmission() throws {
        let waits = Mutex<[Duration]>([])
        let system = try slurm(
            [
                "sbatch": """
                \(counted("sbatch"))
                [ "$(wc -l < \(folder.path)/sbatch.calls)" -gt 2 ] || { \(Self.busy); }
                echo 17
                """, "squeue": "exit 0", "sacct": "exit 0",
            ], pause: { wait in waits.withLock { $0.append(wait) } })
        #expect(try system.submit(job) == [BatchJobID("17")])
        #expect(calls(of: "sbatch") == 3)
        let made = waits.withLock { $0 }
        #expect(made.count == 2)
        #expect(
            made.first.map { (Duration.milliseconds(500)...(.seconds(1))).contains($0) } == true)
        #expect(made.last.map { (Duration.seconds(1)...(.seconds(2))).contains($0) } == true)
    }

    @Test("a submission that goes on failing for now is given up as busy")
    func givesUp() throws {
        let system = try slurm(
            ["sbatch": "\(counted("sbatch")); \(Self.busy)", "squeue": "exit 0", "sacct": "exit 0"])
        let error = #expect(throws: BatchSystemError.self) { try system.submit(job) }
        #expect(error?.code == .busy)
        #expect(error?.isTemporary == true)
        #expect(calls(of: "sbatch") == 4)
    }

    @Test("a submission whose answer is lost is found by its name, not made again")
    func findsLostSubmission() throws {
        let system = try slurm(
            [
                "sbatch": "\(counted("sbatch")); sleep 60",
                "squeue": "echo '21_1|PD|j-1||0|N/A|N/A|Priority|'; "
                    + "echo '21_2|R|j-1|n4|0|1795883973|1795884033|None|'",
            ], timeout: 1)
        var job = job
        job.count = 2
        #expect(
            try system.submit(job) == [BatchJobID("21", index: 1), BatchJobID("21", index: 2)])
        #expect(calls(of: "sbatch") == 1)
    }

    @Test("nothing is submitted again while the system does not say what it has")
    func looksBeforeSubmitting() throws {
        let system = try slurm([
            "sbatch": "\(counted("sbatch")); \(Self.busy)",
            "squeue": """
            \(counted("squeue"))
            [ "$(wc -l < \(folder.path)/squeue.calls)" -gt 2 ] || { \(Self.busy); }
            echo '22|PD|j-1||0|N/A|N/A|Priority|'
            """,
        ])
        #expect(try system.submit(job) == [BatchJobID("22")])
        #expect(calls(of: "sbatch") == 1)
        #expect(calls(of: "squeue") == 3)
    }

    @Test("a refusal is not tried again and has the system's words")
    func reportsRefusal() throws {
        let system = try slurm([
            "sbatch": """
            \(counted("sbatch"))
            echo 'sbatch: error: invalid account or partition' >&2
            echo 'sbatch: error: Batch job submission failed: Invalid account' >&2; exit 1
            """
        ])
        let error = #expect(throws: BatchSystemError.self) { try system.submit(job) }
        #expect(error?.code == .refused)
        #expect(
            error?.message
                == "sbatch: sbatch: error: invalid account or partition; "
                + "sbatch: error: Batch job submission failed: Invalid account")
        #expect(calls(of: "sbatch") == 1)
    }

    @Test("a command that hangs is ended, with what it has started")
    func endsHangingCommand() async throws {
        let system = try slurm(
            ["squeue": "sleep 600 & echo $! > \(folder.path)/child; wait"], timeout: 1)
        let error = #expect(throws: BatchSystemError.self) { try system.poll([BatchJobID("1")]) }
        #expect(error?.code == .timeout)
        #expect(
            error?.message
                == "\(folder.path)/squeue --noheader --array --me did not answer within 1.0 seconds"
        )
        let child = try #require(Int32(folder.text("child")?.filter(\.isNumber) ?? ""))
        _ = try await asked("the end of what it has started") {
            let stat = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
            return stat.map { $0.contains(") Z ") } ?? true ? true : nil
        }
    }

    @Test("what a command leaves running does not keep its answer")
    func doesNotWaitForOthers() throws {
        let system = try slurm(
            ["squeue": "sleep 20 & echo '1|R|a|n1|0|1795883973|1795884033|None|'"])
        let status = try system.poll([BatchJobID("1")])[BatchJobID("1")]
        #expect(status?.state == .running)
    }

    @Test("a program that is missing is named")
    func namesMissingProgram() throws {
        var site = SiteBatch()
        site.commands["squeue"] = "/nowhere/squeue"
        let system = try CommandLineBatchSystem(.builtIn("slurm"), site: site)
        let error = #expect(throws: BatchSystemError.self) { try system.poll([BatchJobID("1")]) }
        #expect(error?.code == .notFound)
        #expect(error?.message == "cannot start /nowhere/squeue: No such file or directory")
    }

    @Test("an answer of another form is unreadable, not empty")
    func refusesUnknownOutput() throws {
        let system = try slurm(["squeue": "echo Welcome to the cluster"])
        let error = #expect(throws: BatchSystemError.self) { try system.poll([BatchJobID("1")]) }
        #expect(error?.code == .unreadable)
        #expect(
            error?.message
                == "found \"Welcome to the cluster\", expected 8 fields: "
                + "id|state|name|host|wait-status|started|ended|reason")
    }

    @Test("a thousand jobs are polled with one command")
    func pollsOnce() throws {
        let lines = (1...1000).map { "\($0)|R|a|n1|0|1795883973|1795884033|None|" }
        try lines.joined(separator: "\n").write(
            toFile: "\(folder.path)/queue", atomically: true, encoding: .utf8)
        let system = try slurm(["squeue": "\(counted("squeue")); cat \(folder.path)/queue"])
        let polled = try system.poll((1...1000).map { BatchJobID(String($0)) })
        #expect(polled.count == 1000)
        #expect(calls(of: "squeue") == 1)
    }

    @Test("without accounting nothing is known of a job that is forgotten")
    func livesWithoutAccounting() throws {
        let system = try slurm([
            "scontrol": "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1",
            "sacct": "echo 'Slurm accounting storage is disabled' >&2; exit 1",
        ])
        #expect(try system.afterEnd([BatchJobID("7")]).isEmpty)
    }

    @Test("accounting tells of what the controller has forgotten")
    func asksAccounting() throws {
        let system = try slurm([
            "scontrol": "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1",
            "sacct": "echo '7_1|CANCELLED by 0|a|n1|0:15|1795883973|1795883974|None'; "
                + "echo '7_2|OUT_OF_MEMORY|a|n2|0:125|1795883973|1795883974|None'",
        ])
        let ids = [BatchJobID("7", index: 1), BatchJobID("7", index: 2)]
        let known = try system.afterEnd(ids)
        #expect(
            known[ids[0]]
                == BatchJobStatus(
                    .cancelled, native: "CANCELLED", exit: .signal(15), host: "n1",
                    started: 1_795_883_973, ended: 1_795_883_974))
        #expect(known[ids[1]]?.state == .outOfMemory)
    }

    @Test("a command on another host gets its words through that host's shell unchanged")
    func goesThroughSSH() throws {
        var site = SiteBatch()
        site.via = "sgs@login"
        // What sshd does with its words: the user's shell reads them joined.
        site.commands["ssh"] = try folder.program(
            "ssh",
            """
            #!/bin/sh
            echo "$1 $2 $3 $4 $5" > \(folder.path)/options
            shift 5
            PATH=\(folder.path):$PATH exec sh -c "$*"
            """)
        _ = try folder.program(
            "scancel",
            "#!/bin/sh\necho \"$SLURM_TIME_FORMAT $*\" > \(folder.path)/words\n")
        let system = try CommandLineBatchSystem(.builtIn("slurm"), site: site)
        try system.cancel([BatchJobID("4", index: 2), BatchJobID("5")])
        #expect(folder.text("options") == "-o BatchMode=yes -o ConnectTimeout=20 sgs@login\n")
        #expect(folder.text("words") == "%s 4_2 5\n")
    }

    @Test("a host that ssh does not reach is busy")
    func reportsUnreachableHost() throws {
        var site = SiteBatch()
        site.via = "login"
        site.commands["ssh"] = try folder.program(
            "ssh", "#!/bin/sh\necho 'ssh: connect to host login port 22: No route' >&2\nexit 255\n")
        let system = try CommandLineBatchSystem(.builtIn("slurm"), site: site)
        let error = #expect(throws: BatchSystemError.self) { try system.poll([BatchJobID("1")]) }
        #expect(error?.code == .busy)
        #expect(error?.message == "ssh: ssh: connect to host login port 22: No route")
    }
}
