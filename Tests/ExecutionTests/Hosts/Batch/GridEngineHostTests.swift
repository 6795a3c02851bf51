import Foundation
import GroundSegment
import Testing

@testable import Execution

/// The real program with a real Grid Engine as the host of its payloads.
@Suite(.enabled(if: isFull), .serialized, .timeLimit(.minutes(10))) struct GridEngineHostTests {
    private let site: OperatedSite
    private let cell: PrivateEngine

    init() throws {
        site = try OperatedSite()
        cell = try PrivateEngine(.gridEngine, in: site.site.folder)
    }

    private func runner(_ more: String...) throws -> RunnerProcess {
        try RunnerProcess(
            site.site, sdc: "SDC-FR", more: ["--sdcs", cell.sdcs, "--slots", "16"] + more,
            environment: cell.environment)
    }

    @Test("orders run from end to end as jobs")
    func orders() async throws {
        let step = "echo $SGS_ORDER $SGS_STEP >> \(site.journal); test $JOB_ID; echo > $out"
        try site.site.addPipeline("observation", steps: [("first", step, 1), ("second", step, 2)])
        let orders = (0..<3).map { site.site.order("\($0)") }
        for order in orders { try site.site.place(order) }
        #expect(try runner("--until-idle").end() == 0)
        for order in orders {
            let report = try #require(try site.site.report(order), "\(order.id) has no report")
            #expect(report.event == .complete, "\(report.message)")
        }
        #expect(Set(site.said).count == 6)
        #expect(site.said.count == 6)
        #expect(try await eventually { try cell.command("qstat").isEmpty })
    }

    @Test("orders run from end to end on pilots")
    func pilots() async throws {
        let site = try PilotedSite(on: cell, site)
        let orders = try site.place(4)
        #expect(try site.runner("--until-idle").end() == 0)
        try site.check(orders)
        #expect(site.noted.count <= 2)
        #expect(try await eventually { try cell.command("qstat").isEmpty })
        print("fault: none: orders on pilots of Grid Engine")
    }

    @Test("a job that somebody deletes is a loss and no attempt of its payload")
    func deletedOutside() async throws {
        let runner = try runner()
        let graph = try site.graph(
            "one", [.init(id: "a", script: "say begun; wait_for go; echo > $out")])
        #expect(try await site.isServed())
        let run = try await site.submit(graph)
        #expect(try await eventually { site.said == ["begun"] })
        try cell.command("qdel", "-u", NSUserName())
        #expect(try await eventually { site.said == ["begun", "begun"] })
        try site.open("go")
        #expect(try await site.reaches(run, .completed))
        let life = try #require(try await site.run(run)?.life[0])
        #expect(life.losses == 1)
        #expect(life.failures == 0)
        #expect(site.drain(runner) == 0)
        print("fault: qdel from outside: completed, losses 1, begun 2")
    }
}
