import Foundation
import Testing

@testable import BatchSystems

/// On a real Slurm.
@Suite(.enabled(if: isFull), .serialized)
struct SlurmTests {
    @Test("Slurm conforms", .timeLimit(.minutes(10)))
    func conforms() async throws {
        let engine = try PrivateEngine("slurm.sh", ["2", "2"])
        var site = SiteBatch()
        site.queue = "nosuch"
        try await Conformance(
            title: "Slurm 22.05", system: engine.system("slurm"), folder: engine.work, slots: 2,
            cores: 2, walltime: 60, warns: true, refusing: engine.system("slurm", site: site),
            patience: .seconds(180)
        ).run()
    }

    @Test("a forgotten job is told by its result file, and without accounting by nothing")
    func forgetsEndedJobs() async throws {
        let engine = try PrivateEngine("slurm.sh", ["1", "2"], settings: ["MIN_JOB_AGE": "2"])
        let system = try engine.system("slurm")
        #expect(try system.limits() == BatchLimits(arraySize: 10_000, remembered: 2))
        let ids = try system.submit(sleeper(engine, "echo done > \(engine.work)/result"))
        _ = try await asked("that the job is forgotten", within: .seconds(120)) {
            try system.poll(ids).isEmpty ? true : nil
        }
        // Neither scontrol nor sacct: "Slurm accounting storage is disabled".
        #expect(try system.afterEnd(ids).isEmpty)
        var life = BatchJobLife(fileDelay: .seconds(60))
        #expect(life.seen(nil, hasResult: false, at: .zero) == .askAccounting)
        #expect(life.accounting(nil) == .lookAgain(at: .seconds(60)))
        let hasResult = FileManager.default.fileExists(atPath: "\(engine.work)/result")
        #expect(life.seen(nil, hasResult: hasResult, at: .seconds(20)) == .end)
    }

    @Test("jobs go on while the controller is killed and started again")
    func outlivesController() async throws {
        let engine = try PrivateEngine("slurm.sh", ["2", "2"])
        let system = try engine.system("slurm")
        let gate = "\(engine.work)/gate"
        var job = sleeper(
            engine,
            """
            echo started >> \(engine.work)/started.$BATCH_TASK;
            while [ ! -e \(gate) ]; do sleep 0.1; done;
            echo done > \(engine.work)/result.$BATCH_TASK
            """)
        job.count = 2
        let ids = try system.submit(job)
        try await awaitStates(system, ids, [.running, .running])
        // What the controller has not saved it does not know when it comes back.
        let file = "\(engine.folder.path)/engine/state/job_state"
        let before = Self.changed(file)
        try engine.command("scontrol", "update", "jobid=\(ids[0].base)", "comment=saved")
        _ = try await asked("that the controller's state is saved") {
            Self.changed(file) == before ? nil : true
        }
        try engine.tell("restart-controller")
        try "".write(toFile: gate, atomically: true, encoding: .utf8)
        _ = try await asked("the results") {
            (1...2).allSatisfy { engine.folder.text("work/result.\($0)") == "done\n" } ? true : nil
        }
        let found = try system.find(name: job.name)
        print("fault Slurm: controller killed: \(found.values.map(\.native).sorted())")
        for task in 1...2 {
            #expect(engine.folder.text("work/started.\(task)") == "started\n")
        }
    }

    @Test("a controller that does not answer is busy or out of time, and only for now")
    func reportsMissingController() async throws {
        let engine = try PrivateEngine("slurm.sh", ["1", "2"])
        var site = SiteBatch()
        site.timeout = 3
        site.submission.retries = 0
        let system = try engine.system("slurm", site: site)
        let process = try #require(engine.folder.text("engine/slurmctld.pid")).filter(\.isNumber)
        try outside(["kill", "-STOP", process])
        let polled = #expect(throws: BatchSystemError.self) { try system.poll([BatchJobID("1")]) }
        let job = sleeper(engine, "exit 0")
        let submitted = #expect(throws: BatchSystemError.self) { try system.submit(job) }
        try outside(["kill", "-CONT", process])
        #expect(polled?.isTemporary == true)
        #expect(submitted?.isTemporary == true)
        // Taken all the same: its answer was lost.
        let found = try await asked("the job whose answer was lost") {
            let found = try system.find(name: job.name)
            return found.isEmpty ? nil : found
        }
        #expect(found.count == 1)
        print("fault Slurm: controller stopped: \(polled?.code.name ?? ""); found by name")
    }

    @Test("a drained node takes nothing and a node that goes down loses its job")
    func tellsOfNodes() async throws {
        let engine = try PrivateEngine("slurm.sh", ["1", "2"])
        let system = try engine.system("slurm")
        try engine.command("scontrol", "update", "nodename=n1", "state=drain", "reason=test")
        let ids = try system.submit(sleeper(engine, "exec sleep 300"))
        let waiting = try await asked("a reason for waiting") {
            let status = try system.poll(ids)[ids[0]]
            return ["None", ""].contains(status?.reason ?? "") ? nil : status
        }
        #expect(waiting.state == .waiting)
        print("fault Slurm: node drained: \(waiting.native) \(waiting.reason)")
        try engine.command("scontrol", "update", "nodename=n1", "state=resume")
        try await awaitStates(system, ids, [.running])
        try engine.command("scontrol", "update", "nodename=n1", "state=down", "reason=test")
        try await awaitStates(system, ids, [.nodeFailed])
        let lost = try #require(try system.afterEnd(ids)[ids[0]])
        #expect(lost.native == "NODE_FAIL")
        print("fault Slurm: node down: \(lost.native) \(lost.reason)")
    }

    @Test("a job that others cancel is cancelled, and a warning reaches its program")
    func tellsOfOthers() async throws {
        let engine = try PrivateEngine("slurm.sh", ["1", "2"])
        let system = try engine.system("slurm")
        let ids = try system.submit(
            sleeper(
                engine,
                """
                trap 'echo warned > \(engine.work)/warned' TERM;
                echo ready > \(engine.work)/ready;
                while :; do sleep 1 & wait $!; done
                """))
        _ = try await asked("the program") { engine.folder.text("work/ready") }
        try engine.command("scancel", "--batch", "--signal=TERM", ids[0].base)
        _ = try await asked("the warning") { engine.folder.text("work/warned") }
        try engine.command("scancel", ids[0].base)
        try await awaitStates(system, ids, [.cancelled])
        print("fault Slurm: scancel from outside: warned, cancelled")
    }

    // MARK: -

    private static func changed(_ file: String) -> Date? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        return attributes?[.modificationDate] as? Date
    }

    private func sleeper(_ engine: PrivateEngine, _ shell: String) -> BatchJob {
        BatchJob(
            name: "fault-\(UUID().uuidString.prefix(8))", program: "/bin/sh",
            arguments: ["-c", shell.replacing("\n", with: " ")],
            folder: engine.work, need: BatchNeed(cores: 1, memory: 64))
    }

    private func awaitStates(
        _ system: any BatchSystem, _ ids: [BatchJobID], _ states: [BatchJobState]
    ) async throws {
        _ = try await asked("\(states) of \(ids)") {
            let polled = try system.poll(ids)
            return ids.map { polled[$0]?.state } == states ? true : nil
        }
    }
}
