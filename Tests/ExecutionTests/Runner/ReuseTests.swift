import Foundation
import GroundSegment
import Testing
import Workflows

@testable import Execution

/// What has been done with the same command, inputs and release, by the real program.
@Suite(.timeLimit(.minutes(12)), .serialized) struct ReuseTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func graph(_ middle: String, first: String = "echo A > $out") throws -> Graph {
        try site.graph(
            "chain",
            [
                .init(id: "a", script: "say a; \(first)"),
                .init(id: "b", script: "say b; \(middle)", after: "a"),
                .init(id: "c", script: "say c; cat $before > $out", after: "b"),
            ])
    }

    @Test("a graph that is submitted again with a corrected step does only what was not done")
    func submittedAgain() async throws {
        try await site.submit(graph("exit 1"), id: "1")
        #expect(try site.serve("--until-idle").end() == 1)
        let run = try await site.submit(graph("cp $before $out"), id: "2")
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(site.said == ["a", "b", "b", "c"])
        let life = try #require(try await site.run(run)?.life)
        #expect(life[0].state == .completed)
        #expect(life[0].attempts == 0)
        #expect(life[1].attempts == 1)
        let path = RunStore.path(state: site.site.state, sdc: site.sdc)
        let tags = try await RunStore(reading: path).tags(of: 2)
        #expect(tags.map(\.name) == ["reused"])
        #expect(tags.first?.value.hasSuffix("_chain/a#1") == true)
    }

    @Test("another release is done anew, and so is what is forced")
    func otherRelease() async throws {
        let bad = try graph("exit 1")
        try await site.submit(bad, id: "1")
        try await site.submit(bad, id: "2", release: "2.0")
        let forced = Submission(
            id: "3", pipeline: "chain", softwareRelease: "1.0", isForced: true)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(try await site.give(.submit(submission: forced, graph: bad.document)).isDone)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(site.said.filter { $0 == "a" }.count == 3)
    }

    @Test("a restart from a payload that gives the same file does nothing of what follows again")
    func restartedFrom() async throws {
        let graph = try site.graph(
            "fan",
            [
                .init(id: "a", script: "say a; echo A > $out"),
                .init(id: "b", script: "say b; cat $before > $out", after: "a"),
                .init(id: "bad", script: "say bad; exit 1"),
            ])
        let run = try await site.submit(graph)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(site.said.count == 3)
        let restart = RunnerCommand.restart(
            run: run, payload: "a", resources: [:], graph: nil, force: false)
        #expect(try await site.give(restart).isDone)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(site.said.suffix(1) == ["a"])
        #expect(site.said.count == 4)
        let states = try await site.states(run)
        #expect(states == ["a": .completed, "b": .completed, "bad": .failed])
    }
}
