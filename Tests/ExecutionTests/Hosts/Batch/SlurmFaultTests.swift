import Foundation
import Glibc
import GroundSegment
import Testing

@testable import Execution

/// What goes wrong at a real Slurm while the real program has jobs there: no payload loses an
/// attempt of its own, none is lost and none runs twice.
@Suite(.enabled(if: isFull), .serialized, .timeLimit(.minutes(10))) struct SlurmFaultTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func engine(settings: String = "", batch: String = "") throws -> PrivateEngine {
        try PrivateEngine(in: site.site.folder, settings: settings, batch: batch)
    }

    private func runner(_ slurm: PrivateEngine) throws -> RunnerProcess {
        try RunnerProcess(
            site.site, sdc: "SDC-FR", more: ["--sdcs", slurm.sdcs, "--slots", "16"],
            environment: slurm.environment)
    }

    /// A payload of one attempt that waits until it may go on, once it is submitted.
    private func submitWaiting() async throws -> String {
        let graph = try site.graph(
            "one",
            [.init(id: "a", script: "say begun; wait_for go; echo > $out", walltime: 3600)])
        #expect(try await site.isServed())
        return try await site.submit(graph)
    }

    /// The run ends well; its payload has begun once more than it was lost.
    ///
    /// - Parameter losses: how often it was lost; `nil` where either may be.
    private func ends(_ run: String, losses: Int?, _ runner: RunnerProcess) async throws {
        try site.open("go")
        #expect(try await site.reaches(run, .completed))
        let life = try #require(try await site.run(run)?.life[0])
        #expect(life.losses == losses ?? life.losses)
        #expect(life.failures == 0)
        #expect(site.said == Array(repeating: "begun", count: life.losses + 1))
        #expect(site.drain(runner) == 0)
        print("fault: completed, losses \(life.losses), begun \(site.said.count)")
    }

    private func job(_ slurm: PrivateEngine) throws -> String {
        try slurm.command("squeue", "--noheader", "--format=%i").trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    @Test("a queue that is paused keeps its jobs waiting")
    func pausedQueue() async throws {
        let slurm = try engine()
        try slurm.command("scontrol", "update", "partitionname=main", "state=down")
        let runner = try runner(slurm)
        let run = try await submitWaiting()
        #expect(try await eventually { try !job(slurm).isEmpty })
        #expect(try slurm.command("squeue", "--noheader", "--format=%t").hasPrefix("PD"))
        #expect(site.said.isEmpty)
        try slurm.command("scontrol", "update", "partitionname=main", "state=up")
        try await ends(run, losses: 0, runner)
    }

    @Test("a drained node takes nothing and what runs there goes on")
    func drainedNode() async throws {
        let slurm = try engine()
        let runner = try runner(slurm)
        let run = try await submitWaiting()
        #expect(try await eventually { site.said == ["begun"] })
        try slurm.command("scontrol", "update", "nodename=n[1-2]", "state=drain", "reason=test")
        let other = try await site.submit(
            try site.graph("other", [.init(id: "b", script: "echo > $out")]))
        #expect(try await eventually { try job(slurm).split(separator: "\n").count == 2 })
        try site.open("go")
        #expect(try await site.reaches(run, .completed))
        #expect(try await site.state(other) == .executing)
        try slurm.command("scontrol", "update", "nodename=n[1-2]", "state=resume")
        #expect(try await site.reaches(other, .completed))
        try await ends(run, losses: 0, runner)
    }

    @Test("a node that goes down is a loss and no attempt of its payload")
    func lostNode() async throws {
        let slurm = try engine()
        let runner = try runner(slurm)
        let run = try await submitWaiting()
        #expect(try await eventually { site.said == ["begun"] })
        let node = try slurm.command("squeue", "--noheader", "--format=%N").trimmingCharacters(
            in: .whitespacesAndNewlines)
        try slurm.command("scontrol", "update", "nodename=\(node)", "state=down", "reason=test")
        #expect(try await eventually { site.said == ["begun", "begun"] })
        try await ends(run, losses: 1, runner)
    }

    @Test("a controller that is killed and started again, and starts a job again, costs no attempt")
    func restartedController() async throws {
        let slurm = try engine()
        let runner = try runner(slurm)
        let run = try await submitWaiting()
        #expect(try await eventually { site.said == ["begun"] })
        // It may have saved that the job runs, or not.
        try slurm.tell("restart-controller")
        try await ends(run, losses: nil, runner)
    }

    @Test("a job that ended and was forgotten while no runner was there is told by its result")
    func forgottenJob() async throws {
        let slurm = try engine(settings: "MIN_JOB_AGE=2")
        var runner = try runner(slurm)
        let run = try await submitWaiting()
        #expect(try await eventually { site.said == ["begun"] })
        runner.signal(SIGKILL)
        _ = runner.end()
        try site.open("go")
        #expect(
            try await eventually {
                try slurm.command("squeue", "--noheader", "--states=all").isEmpty
            })
        runner = try self.runner(slurm)
        try await ends(run, losses: 0, runner)
    }

    @Test("a submission that fails twice is made once")
    func failingSubmission() async throws {
        let folder = site.site.folder
        let stub = try folder.write(
            """
            #!/bin/sh
            echo call >> \(folder.path)/calls
            test $(wc -l < \(folder.path)/calls) -gt 2 && exec sbatch "$@"
            echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2
            exit 1
            """, to: "sbatch")
        chmod(stub, 0o755)
        let slurm = try engine(batch: "commands: {sbatch: \(stub)}")
        let runner = try runner(slurm)
        let run = try await submitWaiting()
        #expect(try await eventually { site.said == ["begun"] })
        #expect(try job(slurm).split(separator: "\n").count == 1)
        try await ends(run, losses: 0, runner)
        let calls = try String(contentsOfFile: "\(folder.path)/calls", encoding: .utf8)
        #expect(calls == "call\ncall\ncall\n")
    }

    @Test("a poll that hangs is given up and asked again")
    func hangingPoll() async throws {
        let folder = site.site.folder
        let stub = try folder.write(
            """
            #!/bin/sh
            echo call >> \(folder.path)/polls
            test $(wc -l < \(folder.path)/polls) -gt 2 && exec squeue "$@"
            exec sleep 600
            """, to: "squeue")
        chmod(stub, 0o755)
        let slurm = try engine(batch: "timeout: 2, commands: {squeue: \(stub)}")
        let runner = try runner(slurm)
        let run = try await submitWaiting()
        #expect(try await eventually { site.said == ["begun"] })
        try await ends(run, losses: 0, runner)
    }

    @Test("a job that the system ends for its time is no attempt of a payload that had more")
    func walltime() async throws {
        let slurm = try engine()
        let runner = try runner(slurm)
        let run = try await submitWaiting()
        #expect(try await eventually { site.said == ["begun"] })
        // The shortest limit that there is.
        try slurm.command("scontrol", "update", "jobid=\(job(slurm))", "timelimit=1")
        #expect(try await eventually { site.said == ["begun", "begun"] })
        try await ends(run, losses: 1, runner)
    }

    @Test("a preempted job is a loss and no attempt of its payload")
    func preemption() async throws {
        let slurm = try engine()
        let runner = try runner(slurm)
        let run = try await submitWaiting()
        #expect(try await eventually { site.said == ["begun"] })
        // All of both nodes.
        try slurm.command(
            "sbatch", "--partition=urgent", "--nodes=2", "--exclusive", "--output=/dev/null",
            "--wrap=sleep 2")
        #expect(try await eventually { site.said == ["begun", "begun"] })
        try await ends(run, losses: 1, runner)
    }

    @Test("a payload that is short of memory gets more, in a larger job")
    func memory() async throws {
        let slurm = try engine()
        let runner = try runner(slurm)
        // 100 MiB of zeros in a shell variable's place: the tail of a line without an end.
        let graph = try site.graph(
            "hungry",
            [
                .init(
                    id: "a",
                    script: """
                        say $SGS_MEMORY_MIB
                        head -c 100000000 /dev/zero | tail -c 100000000 > /dev/null & wait $!
                        test $SGS_MEMORY_MIB -ge 200 || sleep 5
                        echo > $out
                        """, memory: 50,
                    policy: #", "policy": {"attempts": 3, "memory": {"multiplier": 4}}"#)
            ])
        #expect(try await site.isServed())
        let run = try await site.submit(graph)
        #expect(try await site.reaches(run, .completed))
        #expect(site.said == ["50", "200"])
        #expect(site.drain(runner) == 0)
        print("fault: short of memory: 50, then 200 MiB")
    }
}
