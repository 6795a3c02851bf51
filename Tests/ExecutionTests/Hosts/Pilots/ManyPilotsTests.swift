import Foundation
import Glibc
import Testing

@testable import Execution

/// A runner with many pilots at a real Slurm, of four nodes with fifty cores each.
@Suite(.enabled(if: isFull), .serialized, .timeLimit(.minutes(10))) struct ManyPilotsTests {
    @Test(
        "a runner killed with two hundred pilots out finds them, and nothing is lost or done twice")
    func killedRunner() async throws {
        let site = try OperatedSite()
        let slurm = try PrivateEngine(in: site.site.folder, size: "4 50")
        let piloted = try PilotedSite(
            on: slurm, site, instances: 200, cores: 1, memory: 128)
        var runner = try piloted.runner()
        #expect(try await site.isServed())
        let graph = try site.wide(
            "say $(basename $element); until test -e \(site.site.folder.path)/gates/go; do sleep 3; done",
            policy: "\"attempts\": 1", walltime: 900)
        let run = try await site.submit(graph, over: 400)
        #expect(try await eventually { site.said.count == 200 })
        runner.signal(SIGKILL)
        _ = runner.end()
        // What runs ends while no runner is there, or when the next one has come.
        try site.open("go")
        runner = try piloted.runner()
        #expect(try await site.reaches(run, .completed))
        let life = try #require(try await site.run(run)?.life)
        #expect((0..<life.count).allSatisfy { life[$0].failures == 0 && life[$0].losses == 0 })
        #expect(site.said.count == 400)
        #expect(Set(site.said).count == 400)
        #expect(site.drain(runner) == 0)
        print("fault: killed with 200 pilots out: 400 payloads, none lost, none twice")
        #expect(try await eventually { try slurm.command("squeue", "--noheader").isEmpty })
    }
}
