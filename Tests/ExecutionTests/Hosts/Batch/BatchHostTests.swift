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
