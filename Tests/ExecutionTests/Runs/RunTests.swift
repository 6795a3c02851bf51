import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite struct RunTests {
    /// a feeds b and c, b feeds d.
    private let graph: PipelineGraph
    private let order: ProcessingOrder

    init() throws {
        func node(_ id: String, _ parent: String) -> String {
            #"{"id": "\#(id)", "kind": "exec", "executable": "\#(parent.isEmpty ? "first" : "next")", "in": {\#(parent.isEmpty ? "" : #""i": {"node": "\#(parent)", "port": "o"}"#)}}"#
        }
        graph = try PipelineGraph(
            json: Data(
                """
                {"format": "sgs-graph/1", "pipeline": {"name": "p",
                 "nodes": [\(node("a", "")), \(node("b", "a")), \(node("c", "a")), \(node("d", "b"))],
                 "outputs": [{"node": "d", "port": "o"}]},
                 "executables": [{"name": "first", "outputs": [{"name": "o"}]},
                                 {"name": "next", "inputs": [{"name": "i"}], "outputs": [{"name": "o"}]}],
                 "policy": {"attempts": 2}}
                """.utf8), file: "p.json")
        order = try TestSite().order("1")
    }

    @Test("a run whose steps all complete stores its outputs and is reported as completed")
    func completes() throws {
        let run = Driven(Run(order: order, graph: graph))
        #expect(run.resumed() == [.stageInputs])
        #expect(try run.apply(.inputsStaged) == [.dispatch(node: "a")])
        #expect(try run.step("a", .completed) == [.dispatch(node: "b"), .dispatch(node: "c")])
        #expect(try run.step("b", .completed) == [.dispatch(node: "d")])
        #expect(try run.step("c", .completed).isEmpty)
        #expect(try run.step("d", .completed) == [.storeOutputs])
        #expect(run.resumed() == [.storeOutputs])
        #expect(try run.apply(.outputsStored) == [.report(.complete, message: "")])
        #expect(run.state == .completed)
    }

    @Test("a failed step is tried again, then what needs it is pruned and the rest goes on")
    func fails() throws {
        let run = Driven(Run(order: order, graph: graph))
        _ = try run.apply(.inputsStaged)
        _ = try run.step("a", .completed)
        let failure = Payload.Event.failed(exitCode: 1, message: "exit code 1")
        #expect(try run.step("b", failure) == [.dispatch(node: "b")])
        #expect(try run.step("b", failure, attempt: 2).isEmpty)
        #expect(run.payload("d")?.state == .pruned)
        #expect(run.state == .executing)
        #expect(try run.step("c", .completed) == [.report(.fail, message: "step b: exit code 1")])
        #expect(run.state == .error)
    }

    @Test("all failed steps are told in the report")
    func allFailures() throws {
        let run = Driven(Run(order: order, graph: graph))
        _ = try run.apply(.inputsStaged)
        _ = try run.step("a", .completed)
        _ = try run.apply(.step(node: "b", attempt: 1, .refused(message: "too large")))
        let actions = try run.apply(.step(node: "c", attempt: 1, .refused(message: "too wide")))
        #expect(actions == [.report(.fail, message: "step b: too large; step c: too wide")])
    }

    @Test("what an earlier attempt says does not count")
    func fencing() throws {
        let run = Driven(Run(order: order, graph: graph))
        _ = try run.apply(.inputsStaged)
        #expect(try run.step("a", .lost(message: "")) == [.dispatch(node: "a")])
        #expect(try run.apply(.step(node: "a", attempt: 1, .completed)).isEmpty)
        #expect(run.payload("a")?.state == .ready)
    }

    @Test("a run that was interrupted between its last step's failure and its report is reported")
    func interruptedBeforeReport() throws {
        let payloads = [
            Payload(node: "a", state: .failed, failures: 2, message: "exit code 1"),
            Payload(node: "b", state: .pruned), Payload(node: "c", state: .pruned),
            Payload(node: "d", state: .pruned),
        ]
        let run = Driven(
            Run(order: order, attempt: 1, graph: graph, state: .executing, payloads: payloads))
        #expect(run.resumed() == [.report(.fail, message: "step a: exit code 1")])
        #expect(run.state == .error)
    }

    @Test("a run without its inputs fails")
    func noInputs() throws {
        let run = Driven(Run(order: order, graph: graph))
        #expect(try run.apply(.inputsMissing(message: "gone")) == [.report(.fail, message: "gone")])
        #expect(run.state == .error)
        #expect(run.resumed().isEmpty)
    }

    @Test(
        "an event that a state does not know is refused",
        arguments: [
            Run.Event.outputsStored, .storingFailed(message: ""),
            .step(node: "a", attempt: 1, .assigned),
        ])
    func illegal(event: Run.Event) throws {
        let run = Driven(Run(order: order, graph: graph))
        let error = try #require(throws: ExecutionError.self) { _ = try run.apply(event) }
        #expect(error.code == .illegalTransition)
    }

    @Test("outputs cannot be stored while a step runs")
    func storedTooEarly() throws {
        let run = Driven(Run(order: order, graph: graph))
        _ = try run.apply(.inputsStaged)
        #expect(throws: ExecutionError.self) { _ = try run.apply(.outputsStored) }
        #expect(throws: ExecutionError.self) {
            _ = try run.apply(.step(node: "z", attempt: 1, .assigned))
        }
        #expect(throws: ExecutionError.self) { _ = try run.apply(.inputsStaged) }
    }
}

/// A run with its events' results, which expectations can hold against.
private final class Driven {
    private var run: Run

    init(_ run: Run) {
        self.run = run
    }

    var state: RunState { run.state }
    func payload(_ node: String) -> Payload? { run.payload(node) }
    func resumed() -> [Run.Action] { run.resumed() }
    func apply(_ event: Run.Event) throws -> [Run.Action] { try run.apply(event) }

    /// Starts a step and ends it.
    func step(_ node: String, _ end: Payload.Event, attempt: Int = 1) throws -> [Run.Action] {
        #expect(try apply(.step(node: node, attempt: attempt, .assigned)).isEmpty)
        #expect(try apply(.step(node: node, attempt: attempt, .started)).isEmpty)
        return try apply(.step(node: node, attempt: attempt, end))
    }
}
