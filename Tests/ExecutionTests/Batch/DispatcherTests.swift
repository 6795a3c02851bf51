import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite struct DispatcherTests {
    private func run(_ id: String, cores: [Int], priority: Int = 0) throws -> Run {
        let nodes = cores.indices.map {
            #"{"id": "n\#($0)", "kind": "exec", "executable": "e\#($0)"}"#
        }
        let executables = cores.enumerated().map {
            #"{"name": "e\#($0)", "resources": {"cores": \#($1), "ram_MiB": 10}}"#
        }
        let graph = try PipelineGraph(
            json: Data(
                """
                {"format": "sgs-graph/1", "pipeline": {"name": "p", "nodes": [\(nodes.joined(separator: ","))], "outputs": []},
                 "executables": [\(executables.joined(separator: ","))]}
                """.utf8), file: "p.json")
        return Run(order: try TestSite().order(id, priority: priority), graph: graph)
    }

    @Test("the larger priority starts first")
    func priority() throws {
        let dispatcher = Driven(slots: Slots(cores: 1, memory: 100))
        let low = try run("low", cores: [1])
        let high = try run("high", cores: [1], priority: 5)
        #expect(dispatcher.add("n0", of: low) == nil)
        #expect(dispatcher.add("n0", of: high) == nil)
        #expect(dispatcher.next() == [.init(run: high.id, node: "n0")])
        #expect(dispatcher.next().isEmpty)
        dispatcher.end(.init(run: high.id, node: "n0"))
        #expect(dispatcher.next() == [.init(run: low.id, node: "n0")])
    }

    @Test("a large payload is not overtaken by small ones that come after it")
    func fairness() throws {
        let dispatcher = Driven(slots: Slots(cores: 2, memory: 100))
        let run = try run("1", cores: [1, 2, 1])
        for node in ["n0", "n1", "n2"] { #expect(dispatcher.add(node, of: run) == nil) }
        #expect(dispatcher.next().map(\.node) == ["n0"])
        dispatcher.end(.init(run: run.id, node: "n0"))
        #expect(dispatcher.next().map(\.node) == ["n1"])
        dispatcher.end(.init(run: run.id, node: "n1"))
        #expect(dispatcher.next().map(\.node) == ["n2"])
    }

    @Test("the slots are never exceeded and everything runs, whatever ends when")
    func neverExceeded() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            let cores = (0..<40).map { _ in Int.random(in: 1...4, using: &generator) }
            let run = try run("1", cores: cores)
            let dispatcher = Driven(slots: Slots(cores: 4, memory: 35))
            for node in cores.indices.shuffled() {
                #expect(dispatcher.add("n\(node)", of: run) == nil)
            }
            var running: [Dispatcher.Key] = []
            var done = 0
            while done < cores.count {
                running += dispatcher.next()
                let used = running.reduce(0) {
                    $0 + (Int($1.node.dropFirst()).map { cores[$0] } ?? 0)
                }
                #expect(used <= 4 && running.count <= 3)
                try #require(!running.isEmpty, "nothing runs and \(cores.count - done) wait")
                dispatcher.end(
                    running.remove(at: Int.random(in: running.indices, using: &generator)))
                done += 1
            }
            #expect(dispatcher.slots.freeCores == 4)
        }
    }

    @Test("a payload that never fits is refused with what it lacks")
    func refused() throws {
        let dispatcher = Driven(slots: Slots(cores: 2, memory: 100))
        #expect(
            dispatcher.add("n0", of: try run("1", cores: [3]))
                == "needs 1 cores more than the 2 there are")
        #expect(dispatcher.next().isEmpty)
    }
}

/// A dispatcher whose answers expectations can hold against.
private final class Driven {
    private var dispatcher: Dispatcher

    init(slots: Slots) {
        dispatcher = Dispatcher(slots: slots)
    }

    var slots: Slots { dispatcher.slots }
    func add(_ node: String, of run: Run) -> String? { dispatcher.add(node, of: run) }
    func next() -> [Dispatcher.Key] { dispatcher.next() }
    func end(_ key: Dispatcher.Key) { dispatcher.end(key) }
}
