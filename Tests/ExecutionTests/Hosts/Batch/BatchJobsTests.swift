import BatchSystems
import Foundation
import Testing

@testable import Execution
@testable import Payloads

/// What a runner submits, and what becomes of it.
@Suite struct BatchJobsTests {
    private let site: BatchSample

    init() throws {
        site = try BatchSample()
        site.look()
        #expect(site.told() == ["ready "])
    }

    // MARK: - Submission

    @Test("like attempts that come together are one array, others jobs of their own")
    func arrays() throws {
        site.start(
            site.order("a"), site.order("wide", cores: 4), site.order("b"), site.order("c"))
        let jobs = site.submitted
        #expect(jobs.map(\.count) == [3, 1])
        let first = try #require(jobs.first)
        #expect(
            first.need == BatchNeed(cores: 1, memory: 1064, walltime: 240, gpus: 0))
        #expect(jobs.last?.need.cores == 4)
        #expect(first.program == "/opt/sdc-payload")
        #expect(first.arguments == ["attempt", first.folder])
        #expect(first.name.hasPrefix("sgs-000000000007-"))
        #expect(Set(jobs.map(\.name)).count == 2)
        let files = try (1...3).map {
            try JobOrders(path: JobOrders.path(in: first.folder, task: $0)).orders.map(\.id)
        }
        #expect(files == [["a"], ["b"], ["c"]])
    }

    @Test("a cluster is one task, which has the time of all its attempts")
    func cluster() throws {
        site.start(
            site.order("a", cluster: "a"), site.order("b", cluster: "a"), site.order("alone"))
        let jobs = site.submitted
        #expect(jobs.map(\.count) == [1, 1])
        #expect(jobs.map(\.need.walltime) == [360, 240])
        let job = try #require(jobs.first)
        #expect(
            try JobOrders(path: JobOrders.path(in: job.folder, task: 1)).orders.map(\.id) == [
                "a", "b",
            ])
    }

    @Test("an array is no larger than the system allows")
    func arraySize() throws {
        let site = try BatchSample()
        site.system.change { $0.limits.arraySize = 2 }
        site.look()
        site.start(site.order("a"), site.order("b"), site.order("c"))
        #expect(site.submitted.map(\.count) == [2, 1])
    }

    @Test("no more jobs are out than the site allows; what waits follows when one is over")
    func mostJobs() throws {
        let site = try BatchSample { $0.maxJobs = 2 }
        site.look()
        site.start(site.order("a"))
        site.start(site.order("b"))
        site.start(site.order("c"))
        #expect(site.submitted.count == 2)
        site.look()
        #expect(site.submitted.count == 2)
        try site.end("a")
        site.tell(BatchJobID("101"), nil)
        site.look()
        #expect(site.submitted.count == 3)
    }

    @Test("a submission whose answer was lost is found by its name, and not made again")
    func lostAnswer() {
        site.system.change {
            $0.failures["submit"] = BatchSystemError(.timeout, "sbatch")
            $0.takesFailed = true
        }
        site.start(site.order("a"))
        #expect(site.submitted.count == 1)
        site.look()
        site.look()
        #expect(site.submitted.count == 1)
        #expect(site.polls.last == [BatchJobID("101")])
        #expect(site.told().isEmpty)
    }

    @Test("a submission that was not taken is made again when it is known not to be there")
    func failedSubmission() {
        site.system.change { $0.failures["submit"] = BatchSystemError(.busy, "no controller") }
        site.start(site.order("a"))
        #expect(site.submitted.isEmpty)
        site.system.change { $0.failures["find"] = BatchSystemError(.busy, "no controller") }
        site.look()
        #expect(site.submitted.isEmpty)
        site.look()
        #expect(site.submitted.count == 1)
    }

    @Test("what the system refuses is told with its words, and is done with")
    func refused() {
        site.system.change {
            $0.failures["submit"] = BatchSystemError(.refused, "sbatch: Invalid account")
        }
        site.start(site.order("a"))
        #expect(
            site.told() == ["refused a: the batch system refuses it: sbatch: Invalid account"])
        #expect(site.entries.isEmpty)
    }

    @Test("a system whose program is missing is told as absent, and as ready when it is there")
    func absent() throws {
        site.system.change { $0.failures["submit"] = BatchSystemError(.notFound, "no sbatch") }
        site.start(site.order("a"))
        #expect(site.told() == ["absent not found: no sbatch"])
        site.system.change { $0.failures["limits"] = BatchSystemError(.notFound, "no scontrol") }
        site.look()
        #expect(
            site.told() == ["absent the batch system does not answer: not found: no scontrol"])
        site.look()
        #expect(site.told() == ["ready a"])
        #expect(site.submitted.count == 1)
    }

    @Test("polls may fail as often as the site says before the system counts as gone")
    func failedPolls() throws {
        let site = try BatchSample { $0.monitorRetries = 2 }
        site.look()
        site.start(site.order("a"))
        _ = site.told()
        for expected in [[], [], ["absent timeout: squeue"], ["ready a"]] {
            if expected != ["ready a"] {
                site.system.change { $0.failures["poll"] = BatchSystemError(.timeout, "squeue") }
            }
            site.look()
            #expect(site.told() == expected)
        }
    }

    // MARK: - Results

    @Test("all jobs are asked for at once, and their results are told, with what went before them")
    func results() throws {
        site.start(site.order("a"), site.order("b", cores: 2), site.order("c"))
        let ids = [BatchJobID("101", index: 1), BatchJobID("101", index: 2), BatchJobID("102")]
        site.look()
        #expect(site.polls == [ids])
        #expect(site.told().isEmpty)
        site.tell(ids[0], .running)
        let lock = try site.begin("c")
        try site.attempt("c").append(subjob: "{1}")
        site.look()
        #expect(site.told() == ["started a", "started c", "subjob c 0 {1}"].sorted { $0 < $1 })
        try withExtendedLifetime(lock) {
            try site.attempt("c").append(subjob: "{2}")
            site.attempt("c").append(Sample(id: "c", time: 1))
            try site.end("c")
            try site.end("b")
        }
        site.look()
        #expect(
            site.told() == ["subjob c 1 {2}", "sample c", "ended c", "started b", "ended b"])
        site.look()
        #expect(site.told().isEmpty)
        site.take(.acknowledge(id: "b"), .acknowledge(id: "c"))
        #expect(site.entries.count == 1)
        try site.end("a")
        site.look()
        site.take(.acknowledge(id: "a"))
        #expect(site.entries.isEmpty)
        #expect(StoredFiles.names(in: "\(site.folder.path)/jobs").isEmpty)
    }

    @Test("results are told also while the system does not answer")
    func resultsWithoutSystem() throws {
        site.start(site.order("a"))
        try site.end("a")
        site.system.change { $0.failures["poll"] = BatchSystemError(.timeout, "squeue") }
        site.look()
        #expect(site.told() == ["started a", "ended a"])
    }

    @Test("a result with another token is none")
    func otherToken() throws {
        site.start(site.order("a"))
        try site.end("a", token: 6)
        site.look()
        #expect(site.told().isEmpty)
    }

    // MARK: - Starting again

    @Test("a runner that begins again finds its jobs, and submits none of them twice")
    func restart() throws {
        site.start(site.order("a"), site.order("b", cluster: "b"), site.order("c", cluster: "b"))
        try site.end("b")
        site.look()
        site.restart()
        _ = site.told()
        site.look()
        #expect(site.told() == ["ready a,b/b,c/b", "started b", "ended b"])
        #expect(site.submitted.count == 2)
        #expect(site.polls.last?.sorted() == [BatchJobID("101"), BatchJobID("102")])
        // What it has already is not made anew either.
        site.start(site.order("a"))
        #expect(site.submitted.count == 2)
    }

    @Test("a job that was noted but has no number is looked for before it is submitted")
    func noted() throws {
        for isThere in [true, false] {
            let site = try BatchSample()
            site.look()
            site.system.change {
                $0.failures["submit"] = BatchSystemError(.timeout, "killed")
                $0.takesFailed = isThere
            }
            site.start(site.order("a"))
            site.restart()
            site.look()
            #expect(site.submitted.count == 1)
            site.look()
            #expect(site.polls.last == [BatchJobID("101")])
        }
    }

    @Test("one that the system has forgotten is known by what it left behind")
    func forgotten() throws {
        site.system.change {
            $0.failures["submit"] = BatchSystemError(.timeout, "killed")
            $0.takesFailed = true
        }
        site.start(site.order("a", cluster: "a"), site.order("b", cluster: "a"))
        site.tell(BatchJobID("101"), nil)
        try site.vanish("a")
        try site.end("a")
        site.restart()
        _ = site.told()
        site.look()
        #expect(site.submitted.count == 1)
        #expect(
            site.told().map { $0.split(separator: "-")[0] } == [
                "ready a/a,b/a", "started a", "ended a", "refused b: job sgs",
            ])
        #expect(site.attempt("b").isRevoked)
    }

    // MARK: - Losses

    /// Lets a job be gone, for longer than its result may be late.
    private func lose(_ id: BatchJobID, _ state: BatchJobState?, native: String = "?") {
        site.tell(id, state, native: native)
        site.look()
        site.pass(59)
        site.look()
        #expect(!site.told().contains { $0.contains("ended") || $0.contains("refused") })
        site.pass(1)
        site.look()
    }

    @Test("a job that was cancelled from outside is a loss with the system's words, after a while")
    func cancelledOutside() throws {
        site.start(site.order("a"))
        site.tell(BatchJobID("101"), .running)
        site.look()
        #expect(site.told() == ["started a"])
        try site.vanish("a")
        lose(BatchJobID("101"), .cancelled, native: "CA")
        #expect(site.told() == ["refused a: job 101 was cancelled: CA"])
        #expect(site.attempt("a").isRevoked)
        #expect(site.entries.isEmpty)
    }

    @Test("a job that nobody knows any more is a loss, and what its accounts say is the reason")
    func vanished() throws {
        site.start(site.order("a"), site.order("b", cores: 2))
        site.system.change {
            $0.accounts[BatchJobID("102")] = BatchJobStatus(.nodeFailed, native: "NODE_FAIL")
        }
        site.tell(BatchJobID("102"), nil)
        lose(BatchJobID("101"), nil)
        #expect(
            site.told() == [
                "refused a: job 101 is not known any more",
                "refused b: job 102 lost its node: NODE_FAIL",
            ])
    }

    @Test("a result that shows late is no loss")
    func late() throws {
        site.start(site.order("a"))
        site.tell(BatchJobID("101"), nil)
        site.look()
        site.pass(59)
        try site.end("a")
        site.look()
        #expect(site.told() == ["started a", "ended a"])
    }

    @Test(
        "memory and time that the system ended a job for are facts of the attempt that ran",
        arguments: [
            (BatchJobState.outOfMemory, "ended a memory by batchSystem"),
            (.timedOut, "ended a walltime"),
        ])
    func limits(_ state: BatchJobState, _ expected: String) throws {
        site.start(site.order("a", cluster: "a"), site.order("b", cluster: "a"))
        try site.vanish("a")
        lose(BatchJobID("101"), state, native: "X")
        let told = site.told()
        #expect(told.prefix(2) == ["started a", expected])
        #expect(told.last?.hasPrefix("refused b: job 101 ") == true)
    }

    @Test("what lives of a lost job is waited for, as long as it may live, and its end is a loss")
    func living() throws {
        site.start(site.order("a"))
        do {
            let lock = try site.begin("a")
            lose(BatchJobID("101"), .nodeFailed, native: "NF")
            withExtendedLifetime(lock) {
                #expect(site.told().isEmpty)
                #expect(site.cancelled == [BatchJobID("101")])
            }
        }
        // Its agent has seen that it is revoked.
        try site.end("a", .cancelled)
        site.look()
        #expect(site.told() == ["refused a: job 101 lost its node: NF"])
    }

    @Test("what never ends of a lost job is given up when its agent must have ended it")
    func neverEnds() throws {
        site.start(site.order("a"))
        let lock = try site.begin("a")
        lose(BatchJobID("101"), .nodeFailed, native: "NF")
        site.pass(179)
        site.look()
        #expect(site.told().isEmpty)
        site.pass(1)
        site.look()
        #expect(site.told() == ["refused a: job 101 lost its node: NF"])
        withExtendedLifetime(lock) {}
    }

    // MARK: - Ending

    @Test("what waits in the queue is withdrawn at once, never begins, and its job is cancelled")
    func cancelWaiting() throws {
        site.start(site.order("a"), site.order("b"))
        site.take(.cancel(id: "a", grace: nil), .withdraw(id: "b"))
        #expect(site.told() == ["withdrawn a", "withdrawn b"])
        #expect(site.cancelled == ["1", "2"].map { BatchJobID("101", index: Int($0)) })
        #expect(throws: PayloadError.self) { try site.begin("a") }
        #expect(site.entries.isEmpty)
    }

    @Test("what runs is cancelled through its job, and its end is a cancellation")
    func cancelRunning() throws {
        site.start(site.order("a"))
        let lock = try site.begin("a")
        site.take(.cancel(id: "a", grace: nil))
        #expect(site.cancelled == [BatchJobID("101")])
        try withExtendedLifetime(lock) { try site.end("a", .agentEnded) }
        site.look()
        #expect(site.told() == ["started a", "ended a cancelled"])
    }

    @Test("of a cluster that runs one is cancelled without the others")
    func cancelInCluster() throws {
        site.start(site.order("a", cluster: "a"), site.order("b", cluster: "a"))
        let lock = try site.begin("a")
        site.take(.cancel(id: "a", grace: nil))
        #expect(site.cancelled.isEmpty)
        #expect(site.attempt("a").isRevoked)
        withExtendedLifetime(lock) {}
    }

    @Test("what has begun is not withdrawn but told as started")
    func withdrawRunning() throws {
        site.start(site.order("a"))
        let lock = try site.begin("a")
        site.take(.withdraw(id: "a"))
        #expect(site.told() == ["started a"])
        #expect(!site.attempt("a").isRevoked)
        #expect(site.cancelled.isEmpty)
        withExtendedLifetime(lock) {}
    }
}
