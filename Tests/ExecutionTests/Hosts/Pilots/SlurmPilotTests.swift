import Foundation
import Glibc
import GroundSegment
import Testing

@testable import Execution

/// The real programs with a real Slurm, of two nodes with four cores each.
@Suite(.enabled(if: isFull), .serialized, .timeLimit(.minutes(10))) struct SlurmPilotTests {
    private let site: OperatedSite
    private let slurm: PrivateEngine

    init() throws {
        site = try OperatedSite()
        slurm = try PrivateEngine(in: site.site.folder)
    }

    private func piloted(walltime: Int = 3600, instances: Int = 2, idle: Int = 600) throws
        -> PilotedSite
    {
        try PilotedSite(on: slurm, site, walltime: walltime, instances: instances, idle: idle)
    }

    private func isQueueEmpty() async throws -> Bool {
        try await eventually { try slurm.command("squeue", "--noheader").isEmpty }
    }

    @Test("orders run from end to end on pilots, of which there are no more than may be")
    func orders() async throws {
        let site = try piloted()
        let orders = try site.place(6)
        #expect(try site.runner("--until-idle").end() == 0)
        try site.check(orders)
        #expect(site.noted.count <= 2)
        #expect(try await isQueueEmpty())
    }

    @Test("a runner that is killed with pilots out finds them, and every step ran once")
    func killedRunner() async throws {
        let site = try piloted()
        let orders = try site.place(6)
        try await site.run(orders, killingAt: [1, 4, 8, 12, 16])
        #expect(try await isQueueEmpty())
    }

    private func completes(_ run: String, losses: Int, _ site: PilotedSite) async throws {
        try site.site.open("go")
        #expect(try await site.site.reaches(run, .completed))
        let life = try #require(try await site.site.run(run)?.life[0])
        #expect(life.losses == losses)
        #expect(life.failures == 0)
    }

    @Test("a pilot that somebody cancels is a loss and no attempt of its payload")
    func cancelled() async throws {
        let site = try piloted(instances: 1)
        let runner = try site.runner()
        let run = try await site.begin()
        try slurm.command("scancel", "--partition=main")
        #expect(try await eventually { site.site.said == ["begun", "begun"] })
        try await completes(run, losses: 1, site)
        #expect(site.site.drain(runner) == 0)
        #expect(try await isQueueEmpty())
    }

    @Test("a pilot that is killed is a loss and no attempt of its payload")
    func killedPilot() async throws {
        let site = try piloted(instances: 1)
        let runner = try site.runner()
        let run = try await site.begin()
        for process in site.processes { kill(process, SIGKILL) }
        #expect(try await eventually { site.site.said == ["begun", "begun"] })
        try await completes(run, losses: 1, site)
        #expect(try await site.pilots().contains { $0.state == "FAILED" })
        #expect(site.site.drain(runner) == 0)
        #expect(try await isQueueEmpty())
    }

    @Test("work that is longer than a pilot goes on with the next ones, and no payload fails")
    func walltime() async throws {
        let site = try piloted(walltime: 60, instances: 1)
        let runner = try site.runner()
        #expect(try await site.site.isServed())
        let graph = try site.site.wide(
            "say $(basename $element); sleep 5", policy: "\"attempts\": 1", walltime: 10)
        let run = try await site.site.submit(graph, over: 40)
        #expect(try await site.site.reaches(run, .completed))
        let life = try #require(try await site.site.run(run)?.life)
        #expect((0..<life.count).allSatisfy { life[$0].failures == 0 })
        #expect((0..<life.count).allSatisfy { life[$0].state == .completed })
        let ended = try await site.pilots()
        #expect(ended.count >= 3)
        #expect(ended.allSatisfy { $0.state == "DONE" || $0.state == "RUNNING" })
        #expect(site.site.drain(runner) == 0)
        #expect(try await isQueueEmpty())
    }
}
