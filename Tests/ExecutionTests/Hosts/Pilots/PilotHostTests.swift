import Foundation
import Glibc
import GroundSegment
import Payloads
import Testing

@testable import Execution

/// The real programs, with processes of this machine as the batch system.
@Suite(.serialized, .timeLimit(.minutes(10))) struct PilotHostTests {
    @Test("orders run from end to end on pilots, which end with their runner")
    func orders() async throws {
        let site = try PilotedSite()
        let orders = try site.place(3)
        #expect(try site.runner("--until-idle").end() == 0)
        try site.check(orders)
        #expect(!site.noted.isEmpty && site.noted.count <= 2)
        #expect(try await eventually { site.processes.isEmpty })
    }

    @Test("pilots may dial a socket")
    func socket() async throws {
        let folder = try TestFolder()
        let site = try PilotedSite(listen: "unix:\(folder.path)/pilots")
        let orders = try site.place(1)
        #expect(try site.runner("--until-idle").end() == 0)
        try site.check(orders)
        #expect(try await eventually { site.processes.isEmpty })
    }

    @Test("a runner that is killed with pilots out finds them, and every step ran once")
    func killedRunner() async throws {
        // One that had not dialled when its runner was killed may be forgotten: processes of this
        // machine are known to who started them alone. It ends when it was idle for long enough.
        let site = try PilotedSite(idle: 20)
        let orders = try site.place(3)
        try await site.run(orders, killingAt: [1, 3, 5, 7])
        #expect(try await eventually { site.processes.isEmpty })
    }

    @Test("a payload goes on while there is no runner, and its result counts")
    func withoutRunner() async throws {
        let site = try PilotedSite()
        let first = try site.runner()
        let run = try await site.begin()
        let pilot = try #require(try await site.haveConnected(1).first)
        #expect(pilot.coresUsed == 1 && pilot.cores == 1 && pilot.running == 1)
        first.signal(SIGKILL)
        _ = first.end()
        try site.site.open("go")
        let second = try site.runner()
        #expect(try await site.site.reaches(run, .completed))
        #expect(site.site.said == ["begun"])
        let life = try #require(try await site.site.run(run)?.life[0])
        #expect(life.losses == 0 && life.attempts == 1)
        #expect(site.site.drain(second) == 0)
        #expect(try await eventually { site.processes.isEmpty })
    }

    @Test("a pilot that is killed is an infrastructure loss of what it ran, and is replaced")
    func killedPilot() async throws {
        let site = try PilotedSite()
        let runner = try site.runner()
        let run = try await site.begin()
        for process in site.processes { kill(process, SIGKILL) }
        #expect(try await eventually { site.site.said == ["begun", "begun"] })
        try site.site.open("go")
        #expect(try await site.site.reaches(run, .completed))
        let life = try #require(try await site.site.run(run)?.life[0])
        #expect(life.losses == 1)
        #expect(life.failures == 0)
        #expect(try await site.pilots().contains { $0.state == "FAILED" })
        #expect(site.site.drain(runner) == 0)
        #expect(try await eventually { site.processes.isEmpty })
    }

    @Test("nothing in line, no pilot; and one that found nothing more to do ends by itself")
    func idle() async throws {
        let site = try PilotedSite(idle: 1)
        let runner = try site.runner()
        #expect(try await site.site.isServed())
        #expect(try await site.pilots().isEmpty)
        let run = try await site.begin()
        try site.site.open("go")
        #expect(try await site.site.reaches(run, .completed))
        var states: [String] = []
        while states != ["DONE"] {
            states = try await site.pilots().map(\.state)
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await site.pilots().first?.payloads == 1)
        #expect(site.processes.isEmpty)
        #expect(site.site.drain(runner) == 0)
    }

    @Test("a pilot that an operator drains ends after what it runs, and takes nothing more")
    func drained() async throws {
        let site = try PilotedSite(instances: 1)
        let runner = try site.runner()
        let run = try await site.begin()
        let pilot = try #require(try await site.haveConnected(1).first).pilot
        let facts = try await site.site.control.ask(.endPilots([pilot, "other"]))
        #expect(facts?.ended == [pilot])
        #expect(try await site.pilots().first?.isDraining == true)
        try site.site.open("go")
        #expect(try await site.site.reaches(run, .completed))
        let next = try await site.site.submit(
            try site.site.graph("two", [.init(id: "a", script: "say second; echo > $out")]))
        #expect(try await site.site.reaches(next, .completed))
        let noted = try await site.pilots()
        #expect(noted.count == 2)
        #expect(noted.last?.pilot == pilot)
        #expect(noted.last?.state == "DONE")
        #expect(site.site.drain(runner) == 0)
        #expect(try await eventually { site.processes.isEmpty })
    }

    @Test("what fits on no pilot is refused when it is submitted, with the class and what lacks")
    func neverFits() async throws {
        let site = try PilotedSite()
        let runner = try site.runner()
        #expect(try await site.site.isServed())
        let graph = try site.site.graph(
            "large", [.init(id: "a", script: "echo > $out", cores: 3, memory: 2048)])
        do {
            _ = try await site.site.submit(graph)
            Issue.record("it is taken")
        } catch let error as ExecutionError {
            #expect(error.message.contains("class small lacks 2 cores (3 needed, 1 there)"))
            #expect(error.message.contains("1024 MiB of memory (2048 needed, 1024 there)"))
        }
        #expect(site.site.drain(runner) == 0)
    }
}
