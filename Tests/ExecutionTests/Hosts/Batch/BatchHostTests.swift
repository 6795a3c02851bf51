import BatchSystems
import Foundation
import GroundSegment
import Payloads
import Testing

@testable import Execution

/// A runner whose payloads are jobs of a batch system: processes of this machine.
@Suite(.timeLimit(.minutes(10))) struct BatchHostTests {
    let site: TestSite

    init() throws {
        site = try TestSite()
    }

    /// A runner that uses a system, with at most so many jobs.
    private func runner(_ system: any BatchSystem, maxJobs: Int = 10) async throws -> Runner {
        var settings = SiteBatch()
        settings.interval = 1
        settings.fileDelay = 1
        settings.maxJobs = maxJobs
        return try await site.runner("SDC-FR") { configuration in
            configuration.batch = BatchSite(settings, system)
            configuration.room = Room(cores: 100, memory: 100_000)
        }
    }

    @Test("a pipeline runs as jobs, its products are kept, and nothing is left of the jobs")
    func pipeline() async throws {
        try site.addPipeline(
            "observation",
            steps: [("one", "echo $BATCH_TASK > $out", 1), ("two", "cat $before > $out", 1)])
        let orders = ["1", "2"].map { site.order($0) }
        for order in orders { try site.place(order) }
        let outcome = try await runner(LocalBatchSystem(cores: 4)).run()
        #expect(outcome.completed == 2)
        var texts: [String] = []
        for order in orders {
            let report = try #require(try site.report(order))
            #expect(report.event == .complete, "\(report.message)")
            let product = try #require(report.products.first)
            texts.append(
                try String(
                    contentsOfFile: site.storage("SDC-FR").path(
                        of: product.name, survey: order.survey, at: "SDC-FR"), encoding: .utf8))
        }
        #expect(texts.allSatisfy { ["1\n", "2\n"].contains($0) })
        #expect(StoredFiles.names(in: "\(site.state)/SDC-FR/batch").isEmpty)
    }

    @Test("orders of a task that wait are put together into jobs of its length")
    func together() async throws {
        let (journal, go) = ("\(site.folder.path)/journal", "\(site.folder.path)/go")
        try site.addPipeline(
            "block",
            steps: [("block", "until test -e \(go); do sleep 0.02; done; echo > $out", 1)])
        try site.addPipeline(
            "observation",
            steps: [("one", "echo $SGS_ORDER $SGS_MEMORY_MIB >> \(journal); echo > $out", 1)])
        let task = OrderTask(
            campaign: "cosmos", name: "vis",
            request: OrderRequest(memoryPerCore: 40, walltime: 50), jobWalltime: 200)
        try site.place(site.order("0", pipeline: "block", priority: 9))
        for number in 1...6 { try site.place(site.order("\(number)", task: task)) }
        let runner = try await runner(LocalBatchSystem(cores: 4), maxJobs: 1)
        async let outcome = runner.run()
        // What comes while no job may be made yet waits together.
        var waiting = 0
        while waiting < 6 {
            try await Task.sleep(for: .milliseconds(5))
            waiting = await runner.runsInHand().count {
                $0.order?.task == task && $0.life[0].state == .ready
            }
        }
        try site.folder.write("", to: "go")
        #expect(try await outcome.completed == 7)
        let store = try RunStore(reading: RunStore.path(state: site.state, sdc: "SDC-FR"))
        let facts = try await store.facts(of: "SDC-FR", RunFilter(), at: MJD(0), isWhole: true)
        let sizes = facts.flatMap(\.tags).filter { $0.name == "cluster" }
            .map { $0.value.split(separator: "/").last }
        #expect(sizes.sorted { ($0 ?? "") < ($1 ?? "") } == ["2", "2", "4", "4", "4", "4"])
        let lines = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
        #expect(lines.sorted() == (1...6).map { "order-\($0) 40" })
    }

    @Test("a payload that fails is judged as anywhere")
    func failing() async throws {
        try site.addPipeline("observation", steps: [("one", "echo no stars >&2; exit 3", 1)])
        let order = site.order("1")
        try site.place(order)
        #expect(try await runner(LocalBatchSystem(cores: 4), maxJobs: 1).run().failed == 1)
        let report = try #require(try site.report(order))
        #expect(report.message.contains("exit code 3: no stars"))
    }

    @Test("a runner whose system is missing ends where it is to end")
    func missingSystem() async throws {
        try site.addPipeline("observation", steps: [("one", "echo > $out", 1)])
        try site.place(site.order("1"))
        let system = StubBatchSystem()
        system.change { $0.isMissing = true }
        let runner = try await runner(system)
        let error = await #expect(throws: ExecutionError.self) { try await runner.run() }
        #expect(error?.code == .host)
        #expect(error?.message == "the batch system does not answer: not found: no sbatch")
    }
}
