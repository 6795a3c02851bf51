import Foundation
import GroundSegment
import Payloads
import Testing
import Workflows

@testable import Execution

/// Commands to the real program, and to a store that it does not serve.
@Suite(.timeLimit(.minutes(12)), .serialized) struct RunnerControlTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    @Test("what is submitted to a store without a runner is run by the next one, once")
    func submitted() async throws {
        let graph = try site.graph("one", [.init(id: "a", script: "say a; echo > $out")])
        let run = try await site.submit(graph, id: "S")
        #expect(try await site.submit(graph, id: "S") == run)
        #expect(try await site.state(run) == .pending)
        #expect(run.wholeMatch(of: /RUN_\d{8}_\d{6}_\d{6}_one/) != nil)
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(try await site.state(run) == .completed)
        #expect(site.said == ["a"])
    }

    @Test("a cancelled run leaves no process, and its final payload runs")
    func cancelled() async throws {
        let graph = try site.graph(
            "endless",
            [
                .init(id: "a", script: "say a; setsid sleep 1000 & sleep 1000"),
                .init(id: "b", script: "say b; echo > $out", after: "a"),
            ], final: "say final")
        let runner = try site.serve()
        let run = try await site.submit(graph)
        #expect(try await eventually { site.said == ["a"] })
        let answer = try await site.give(.cancel(run: run, reason: "enough"))
        #expect(answer.isDone)
        #expect(try await site.reaches(run, .aborted))
        #expect(
            try await site.states(run) == ["a": .aborted, "b": .aborted, "final": .completed])
        #expect(site.said == ["a", "final"])
        #expect(site.payloads.isEmpty)
        #expect(try await site.run(run)?.life.stopReason == "enough")
        #expect(site.drain(runner) == 1)
    }

    @Test(
        "a cancel that no runner hears ends what runs, and the next runner runs the final payload")
    func cancelledWithoutRunner() async throws {
        let graph = try site.graph(
            "endless", [.init(id: "a", script: "say a; sleep 1000")], final: "say final")
        let run = try await site.submit(graph)
        let runner = try site.serve()
        #expect(try await eventually { site.said == ["a"] })
        runner.signal(SIGKILL)
        _ = runner.end()
        #expect(try await site.give(.cancel(run: run, reason: "")).isDone)
        #expect(try await eventually { site.payloads.isEmpty })
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(try await site.state(run) == .aborted)
        #expect(site.said == ["a", "final"])
    }

    @Test("a held payload waits until it is released, and says by whom")
    func held() async throws {
        let graph = try site.graph(
            "two",
            [
                .init(id: "a", script: "say a; wait_for go; echo > $out"),
                .init(id: "b", script: "say b; echo > $out", after: "a"),
            ])
        let runner = try site.serve()
        let run = try await site.submit(graph)
        #expect(try await eventually { site.said == ["a"] })
        let held = try await site.give(.hold(run: run, payload: "b", reason: "wait for me"))
        #expect(held.isDone && held.state == "HELD")
        try site.open("go")
        #expect(try await site.reaches(run, "a", .completed))
        let facts = try #require(try await site.control.ask(.why(run: run, limit: 10)))
        #expect(facts.reasons.map(\.payload) == ["b"])
        #expect(facts.reasons.map(\.reason) == ["held: wait for me"])
        #expect(try await site.states(run)["b"] == .held)
        #expect(try await site.give(.release(run: run, payload: "b")).isDone)
        #expect(try await site.reaches(run, .completed))
        #expect(site.said == ["a", "b"])
        #expect(site.drain(runner) == 0)
    }

    @Test("a held run starts nothing, a runner may end and begin meanwhile")
    func heldRun() async throws {
        let graph = try site.graph("one", [.init(id: "a", script: "say a; echo > $out")])
        let run = try await site.submit(graph)
        #expect(try await site.give(.hold(run: run, payload: nil, reason: "later")).isDone)
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(try await site.state(run) == .held)
        let runner = try site.serve()
        #expect(try await site.isServed())
        #expect(try await site.give(.release(run: run, payload: nil)).isDone)
        #expect(try await site.reaches(run, .completed))
        #expect(site.said == ["a"])
        #expect(site.drain(runner) == 0)
    }

    @Test("a priority that an operator gives decides what starts next")
    func priority() async throws {
        let both = "wait_for go"
        let runner = try site.serve()
        let first = try await site.submit(
            site.graph(
                "first", [.init(id: "a", script: "say first; \(both); echo > $out", cores: 2)]))
        #expect(try await eventually { site.said == ["first"] })
        var runs: [String] = []
        for name in ["x", "y", "z"] {
            runs.append(
                try await site.submit(
                    site.graph(
                        name, [.init(id: "a", script: "say \(name); echo > $out", cores: 2)])))
        }
        for run in runs {
            #expect(try await site.reaches(run, "a", .ready))
        }
        #expect(
            try await site.give(.priority(run: runs[1], payload: nil, value: 100)).isDone)
        #expect(
            try await site.give(.priority(run: runs[2], payload: "a", value: 200)).isDone)
        try site.open("go")
        for run in runs + [first] { #expect(try await site.reaches(run, .completed)) }
        #expect(site.said == ["first", "z", "y", "x"])
        #expect(site.drain(runner) == 0)
    }

    @Test("an unknown run or payload, and what is not legal now, are told with their own status")
    func refused() async throws {
        let graph = try site.graph("one", [.init(id: "a", script: "echo > $out")])
        let run = try await site.submit(graph)
        #expect(try await site.give(.cancel(run: "RUN_x", reason: "")).status == 66)
        #expect(try await site.give(.release(run: run, payload: "b")).status == 66)
        let answer = try await site.give(.release(run: run, payload: nil))
        #expect(answer.status == 1)
        #expect(answer.state == "PENDING")
        #expect(answer.legal == ["hold", "priority", "cancel"])
        #expect(answer.message == "run 1 is PENDING; release is legal in HELD")
        let value = try await site.give(.priority(run: run, payload: nil, value: .min))
        #expect(value.status == 65)
    }

    @Test("a command that was kept and not applied is applied by the next runner, once")
    func keptCommand() async throws {
        let graph = try site.graph("one", [.init(id: "a", script: "say a; echo > $out")])
        let run = try await site.submit(graph)
        let store = try RunStore(path: RunStore.path(state: site.site.state, sdc: site.sdc))
        let command = RunnerCommand.cancel(run: run, reason: "kept")
        let number = try await store.give(command, request: "r", by: "t", at: MJD(1))
        #expect(try await store.give(command, request: "r", by: "t", at: MJD(2)) == number)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(try await site.state(run) == .aborted)
        #expect(try await store.answer(to: number)?.isDone == true)
        #expect(try await store.nextCommand(after: 0) == nil)
    }

    @Test("many operators at once are all answered")
    func manyOperators() async throws {
        let graph = try site.graph("one", [.init(id: "a", script: "wait_for go; echo > $out")])
        let runner = try site.serve()
        #expect(try await site.isServed())
        let site = site
        let runs = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<20 {
                group.addTask { try await site.submit(graph, id: "S\(number % 10)") }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(runs.count == 10)
        try site.open("go")
        for run in runs { #expect(try await site.reaches(run, .completed)) }
        #expect(site.drain(runner) == 0)
    }

    @Test("a tag is kept, replaced and removed")
    func tags() async throws {
        let graph = try site.graph("one", [.init(id: "a", script: "echo > $out")])
        let run = try await site.submit(graph)
        for value in ["1", "2"] {
            #expect(
                try await site.give(.tag(run: run, payload: "a", name: "k", value: value)).isDone)
        }
        #expect(try await site.give(.tag(run: run, payload: nil, name: "k", value: "r")).isDone)
        #expect(try await site.give(.tag(run: run, payload: nil, name: "k", value: nil)).isDone)
        #expect(try await site.give(.tag(run: run, payload: nil, name: "", value: "")).status == 65)
        let path = RunStore.path(state: site.site.state, sdc: site.sdc)
        let rows = try await RunStore(reading: path).tags(of: 1)
        #expect(rows == [RunStore.Tag(payload: 0, name: "k", value: "2")])
    }
}
