import Foundation
import GroundSegment
import Testing
import Workflows

@testable import Execution

/// Runs that are done again, by the real program.
@Suite(.timeLimit(.minutes(12)), .serialized) struct RestartTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func restart(
        _ run: String, from payload: String? = nil, resources: [String: String] = [:],
        graph: Graph? = nil, force: Bool = false
    ) async throws -> CommandAnswer {
        try await site.give(
            .restart(
                run: run, payload: payload, resources: resources, graph: graph?.document,
                force: force))
    }

    private func steps(_ middle: String, memory: Int = 16) -> [OperatedSite.Step] {
        [
            .init(id: "a", script: "say a; echo A > $out"),
            .init(id: "b", script: "say b; \(middle)", after: "a", memory: memory),
            .init(id: "c", script: "say c; cat $before > $out", after: "b"),
        ]
    }

    @Test("a restarted run does only what did not complete, and the final payload again")
    func asIs() async throws {
        let graph = try site.graph(
            "chain", steps("test -e \(site.site.folder.path)/gates/good; cp $before $out"),
            final: "say final")
        let run = try await site.submit(graph)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(try await site.state(run) == .error)
        #expect(
            try await site.states(run)
                == ["a": .completed, "b": .failed, "c": .pruned, "final": .completed])
        try site.open("good")
        #expect(try await restart(run).isDone)
        #expect(try await site.state(run) == .pending)
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(try await site.state(run) == .completed)
        #expect(site.said == ["a", "b", "final", "b", "c", "final"])
        let again = try await restart(run)
        #expect(again.status == 1)
        #expect(again.message == "run: nothing is to be done again")
    }

    @Test("a restart with corrected resources gives them to the payload")
    func correctedResources() async throws {
        let graph = try site.graph(
            "chain", steps("say $SGS_MEMORY_MIB; test $SGS_MEMORY_MIB -ge 64; cp $before $out"))
        let runner = try site.serve()
        let run = try await site.submit(graph)
        #expect(try await site.reaches(run, .error))
        #expect(try await restart(run, resources: ["b": #"{"ram_MiB": "much"}"#]).status == 65)
        #expect(try await restart(run, resources: ["b": #"{"ram_MiB": 64}"#]).isDone)
        #expect(try await site.reaches(run, .completed))
        #expect(site.said == ["a", "b", "16", "b", "64", "c"])
        #expect(site.drain(runner) == 1)
    }

    @Test("a restart with a corrected graph goes on with its programs; another shape is refused")
    func correctedGraph() async throws {
        let run = try await site.submit(site.graph("chain", steps("exit 3")))
        #expect(try site.serve("--until-idle").end() == 1)
        let other = try site.graph("chain", Array(steps("cp $before $out").prefix(2)))
        #expect(try await restart(run, graph: other).status == 65)
        #expect(try await restart(run, graph: site.graph("chain", steps("cp $before $out"))).isDone)
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(try await site.state(run) == .completed)
        #expect(site.said == ["a", "b", "b", "c"])
    }

    @Test("a restart from a payload does that one again and what follows from it")
    func fromPayload() async throws {
        let graph = try site.graph(
            "chain",
            steps("cp $before $out") + [
                .init(id: "d", script: "say d; exit 1", after: "a")
            ])
        let run = try await site.submit(graph)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(Set(site.said) == ["a", "b", "c", "d"])
        #expect(try await restart(run, from: "x").status == 66)
        #expect(try await restart(run, from: "b", force: true).isDone)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(site.said.suffix(2) == ["b", "c"])
        #expect(site.said.count == 6)
    }

    @Test("what made files that are gone is done again, too")
    func lostFiles() async throws {
        let run = try await site.submit(site.graph("chain", steps("cp $before $out")))
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(try await restart(run, from: "c", force: true).isDone)
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(try await site.state(run) == .completed)
        #expect(site.said == ["a", "b", "c", "a", "b", "c"])
    }

    @Test("the run of an order whose end was told is not restarted; the order is retried")
    func toldOrder() async throws {
        try site.site.addPipeline("observation", steps: [("bad", "exit 1", 1)])
        try site.site.place(site.site.order("1"))
        #expect(try site.serve("--until-idle").end() == 1)
        let answer = try await restart("1")
        #expect(answer.status == 1)
        #expect(answer.message.contains("retry the order"))
    }
}
