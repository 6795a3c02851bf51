import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct RunLifeRecordTests {
    private typealias Make = LifeGraphs

    private static func record(
        _ state: RunState = .executing, _ expansions: [Expansion] = [],
        _ payloads: [Int: PayloadLife] = [:]
    ) -> RunRecord {
        RunRecord(state: state, expansions: expansions, payloads: payloads)
    }

    /// split 0, each 1, gather 2.
    @Test(arguments: [
        record(.executing, [Expansion(container: 9, .nested)]),
        record(.executing, [Expansion(container: -1, .withdrawn)]),
        record(.executing, [Expansion(container: 0, .nested)]),
        record(.executing, [Expansion(container: 1, .nested)]),
        record(.executing, [Expansion(container: 0, .parallel(["a"]))]),
        record(
            .executing,
            [
                Expansion(
                    container: 0, .subjobs(Subjobs(children: [Subjob(name: "../x", command: "c")])))
            ]),
        record(.executing, [], [3: PayloadLife()]),
        record(.executing, [], [-1: PayloadLife()]),
        record(.executing, [], [1: PayloadLife(state: .running)]),
        record(.executing, [], [1: PayloadLife(state: .assigned)]),
        record(.executing, [], [0: PayloadLife(state: .standBy)]),
        record(.executing, [], [2: PayloadLife(state: .ready)]),
        record(.executing, [], [0: PayloadLife(state: .ready, attempts: .max)]),
        record(.executing, [], [0: PayloadLife(state: .ready, failures: -1)]),
        record(
            .executing, [], [0: PayloadLife(resources: Workflows.Resources(walltime: .nan))]),
        record(.pending, [], [0: PayloadLife(state: .running)]),
        record(.completed),
        record(
            .executing, [Expansion(container: 1, .parallel(["a"]))],
            [3: PayloadLife(state: .running)]),
        RunRecord(state: .held, heldFrom: .held),
    ])
    func `a record that is not one of the graph's runs is refused`(record: RunRecord) {
        let error = #expect(throws: ExecutionError.self) {
            try RunLife(graph: Make.wide(), restored: record)
        }
        #expect(error?.code == .store)
    }

    @Test func `a run read back goes on, and nothing of it has changed yet`() throws {
        var run = try DrivenLife.begun(Make.wide())
        try run.run("split")
        try run.apply(.listed(1, ["0", "1"]))
        try run.start("each.iterations.0.flat")
        var life = try RunLife(graph: run.graph, restored: run.record)
        #expect(life.takeChanges().isEmpty)
        #expect(life.resumed(at: run.now) == [.queue(5)])
        #expect(try life.apply(.ended(3, attempt: 1, .completed), at: run.now) == [.queue(4)])
        #expect(Set(life.takeChanges().payloads) == [3, 4])
    }
}
