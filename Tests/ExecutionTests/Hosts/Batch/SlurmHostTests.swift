import Foundation
import Glibc
import GroundSegment
import Testing

@testable import Execution

/// The real program with a real Slurm as the host of its payloads.
@Suite(.enabled(if: isFull), .serialized, .timeLimit(.minutes(10))) struct SlurmHostTests {
    private let site: OperatedSite
    private let slurm: PrivateEngine

    init() throws {
        site = try OperatedSite()
        slurm = try PrivateEngine(in: site.site.folder)
    }

    private func runner(_ more: String...) throws -> RunnerProcess {
        try RunnerProcess(
            site.site, sdc: "SDC-FR", more: ["--sdcs", slurm.sdcs, "--slots", "16"] + more,
            environment: slurm.environment)
    }

    private func place(_ count: Int) throws -> [ProcessingOrder] {
        let step =
            "echo $SGS_ORDER $SGS_STEP >> \(site.journal); hostname > $out; test $SLURM_JOB_ID"
        try site.site.addPipeline(
            "observation", steps: [("first", step, 1), ("second", step, 1), ("third", step, 2)])
        let orders = (0..<count).map { site.site.order("\($0)") }
        for order in orders { try site.site.place(order) }
        return orders
    }

    private func check(_ orders: [ProcessingOrder]) throws {
        for order in orders {
            let report = try #require(try site.site.report(order), "\(order.id) has no report")
            #expect(report.event == .complete, "\(report.message)")
        }
        #expect(site.said.count == 3 * orders.count)
        #expect(Set(site.said).count == 3 * orders.count)
        #expect(try slurm.command("squeue", "--noheader").isEmpty)
        #expect(StoredFiles.names(in: "\(site.site.state)/SDC-FR/batch").isEmpty)
    }

    @Test("orders run from end to end as jobs")
    func orders() throws {
        let orders = try place(4)
        #expect(try runner("--until-idle").end() == 0)
        try check(orders)
    }

    @Test("a runner killed again and again finds its jobs, and every step ran exactly once")
    func killedRunner() throws {
        let orders = try place(4)
        for round in 1...8 {
            let runner = try runner("--until-idle")
            runner.waitForLines(round)
            runner.signal(SIGKILL)
            _ = runner.end()
        }
        #expect(try runner("--until-idle").end() == 0)
        try check(orders)
    }

    /// A payload of one attempt that waits until it may go on, when it has begun.
    private func waiting() async throws -> String {
        let graph = try site.graph(
            "one", [.init(id: "a", script: "say begun; wait_for go; echo > $out")])
        #expect(try await site.isServed())
        let run = try await site.submit(graph)
        #expect(try await eventually { site.said == ["begun"] })
        return run
    }

    @Test("a job that somebody cancels is a loss and no attempt of its payload")
    func cancelledOutside() async throws {
        let runner = try runner()
        let run = try await waiting()
        try slurm.command("scancel", "--partition=main")
        #expect(try await eventually { site.said == ["begun", "begun"] })
        try site.open("go")
        #expect(try await site.reaches(run, .completed))
        let life = try #require(try await site.run(run)?.life[0])
        #expect(life.losses == 1)
        #expect(life.failures == 0)
        #expect(site.drain(runner) == 0)
    }

    @Test("a run that is cancelled cancels its job")
    func cancelledRun() async throws {
        let runner = try runner()
        let run = try await waiting()
        _ = try await site.give(.cancel(run: run, reason: ""))
        #expect(try await site.reaches(run, .aborted))
        #expect(try await eventually { try slurm.command("squeue", "--noheader").isEmpty })
        _ = site.drain(runner)
    }

    @Test("a trial of the batch system says that all is well")
    func trial() throws {
        let text = try slurm.command(
            Programs.runner, "batch", "test", "--sdcs", slurm.sdcs, "--sdc", "SDC-FR", "--state",
            site.site.state)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines.allSatisfy { $0.hasPrefix("good  ") })
        #expect(lines.last == "good  cancel: job 1 is cancelled")
    }
}
