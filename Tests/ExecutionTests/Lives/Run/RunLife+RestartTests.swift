import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct RunLifeRestartTests {
    private typealias Make = LifeGraphs

    @Test func `only what did not complete is done again, with numbers that go on`() throws {
        var run = try DrivenLife.begun(Make.diamond(final: Make.final()))
        try run.run("a", .retry(Retry(.payload, message: "", memory: 4096)))
        try run.run("a")
        try run.fail("b")
        try run.run("c")
        try run.run("end")
        #expect(run.life.state == .error)
        #expect(try run.apply(.restart(Restart())) == [.stageInputs])
        #expect(run.life.state == .pending)
        #expect(
            run.states == [
                "a": .completed, "b": .unready, "c": .completed, "d": .unready, "end": .unready,
            ])
        #expect((run.life[1].attempts, run.life[1].failures) == (1, 0))
        #expect(try run.apply(.inputsStaged) == [.queue(1)])
        try run.run("b")
        #expect(run.life[1].attempts == 2)
        #expect(try run.run("d") == [.queue(4)])
        #expect(try run.run("end") == [.storeOutputs])
        #expect(run.life[4].attempts == 2)
        #expect(run.life[0].memory == 4096)
        try run.apply(.outputsStored)
        #expect(throws: ExecutionError.self) { try run.apply(.restart(Restart())) }
    }

    @Test func `a cancelled run goes on where it was`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a")
        try run.run("b")
        try run.apply(.cancel("x"))
        #expect(run.life.state == .aborted)
        try run.apply(.restart(Restart()))
        #expect(run.life.stopReason == nil)
        #expect(try run.apply(.inputsStaged) == [.queue(2)])
        try run.run("c")
        #expect(try run.run("d") == [.storeOutputs])
    }

    @Test func `what failed is done again while its siblings run`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a")
        #expect(throws: ExecutionError.self) { try run.apply(.restart(Restart())) }
        try run.fail("b")
        try run.start("c")
        #expect(try run.apply(.restart(Restart())) == [.queue(1)])
        #expect(try run.state("d") == .unready)
        try run.run("b")
        #expect(try run.end("c", .completed) == [.queue(3)])
    }

    @Test func `what waits for ends only stays in line while a parent is done again`() throws {
        var run = try DrivenLife.begun(
            Make.graph([Make.step("a"), Make.step("b", after: ["a"], trigger: .allDone)]))
        try run.fail("a")
        #expect(try run.apply(.restart(Restart())) == [.queue(0)])
        #expect(try run.state("b") == .ready)
        try run.run("b")
        #expect(try run.run("a") == [.storeOutputs])
    }

    @Test func `from a node on, it and what is made from it are done again`() throws {
        var run = try DrivenLife.begun(Make.diamond(final: Make.final()))
        for path in ["a", "b", "c", "d", "end"] { try run.run(path) }
        try run.apply(.outputsStored)
        try run.apply(.restart(Restart(.from(1))))
        #expect(
            run.states == [
                "a": .completed, "b": .unready, "c": .completed, "d": .unready, "end": .unready,
            ])
        #expect(try run.apply(.inputsStaged) == [.queue(1)])
        for path in ["b", "d"] { try run.run(path) }
        #expect(try run.run("end") == [.storeOutputs])
    }

    @Test func `from a node on, while the rest of the run executes`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a")
        try run.run("b")
        try run.start("c")
        #expect(try run.apply(.restart(Restart(.from(1)))) == [.queue(1)])
        #expect(throws: ExecutionError.self) { try run.apply(.restart(Restart(.from(0)))) }
        #expect(throws: ExecutionError.self) { try run.apply(.restart(Restart(.from(2)))) }
        #expect(try run.end("c", .completed).isEmpty)
        #expect(try run.run("b") == [.queue(3)])
    }

    @Test func `from a node on, what also needs a failed one is pruned again`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a")
        try run.run("b")
        try run.fail("c")
        try run.apply(.restart(Restart(.from(1))))
        try run.apply(.inputsStaged)
        #expect(try run.run("b") == [.report(.fail, "step c: exit code 1")])
        #expect(try run.state("d") == .pruned)
        #expect(throws: ExecutionError.self) { try run.apply(.restart(Restart(.from(3)))) }
    }

    @Test func `failed iterations are done again, the others stay`() throws {
        var run = try DrivenLife.begun(Make.wide())
        try run.run("split")
        try run.apply(.listed(1, ["0", "1"]))
        try run.run("each.iterations.0.flat")
        try run.fail("each.iterations.1.flat")
        try run.run("each.iterations.0.fit")
        #expect(run.life.state == .error)
        try run.apply(.restart(Restart()))
        #expect(try run.state("each") == .unready)
        let flat = try run.number("each.iterations.1.flat")
        #expect(try run.apply(.inputsStaged) == [.queue(flat)])
        try run.run("each.iterations.1.flat")
        try run.run("each.iterations.1.fit")
        #expect(try run.state("each") == .completed)
        #expect(try run.run("gather") == [.storeOutputs])
    }

    @Test(arguments: [0, 1, 2, 5])
    func `a list that is made anew may have another width`(width: Int) throws {
        var run = try DrivenLife.begun(Make.wide())
        try run.run("split")
        try run.apply(.listed(1, ["0", "1"]))
        for iteration in 0..<2 {
            try run.run("each.iterations.\(iteration).flat")
            try run.run("each.iterations.\(iteration).fit")
        }
        try run.run("gather")
        try run.apply(.outputsStored)
        try run.apply(.restart(Restart(.from(0))))
        #expect(run.life.parts(of: 1).isEmpty)
        try run.apply(.inputsStaged)
        #expect(try run.run("split") == [.readList(1)])
        try run.apply(.listed(1, (0..<width).map { "new \($0)" }))
        #expect(run.life.parts(of: 1).count == 2 * width)
        for iteration in 0..<width {
            let number = try run.number("each.iterations.\(iteration).flat")
            #expect(run.life[number].attempts == (iteration < 2 ? 1 : 0))
            #expect(run.life.element(container: 1, index: iteration) == "new \(iteration)")
            try run.run("each.iterations.\(iteration).flat")
            try run.run("each.iterations.\(iteration).fit")
        }
        #expect(try run.run("gather") == [.storeOutputs])
        #expect(run.life[2].attempts == 2)
    }

    @Test func `from a part of an iteration on, the others stay`() throws {
        var run = try DrivenLife.begun(Make.wide(final: Make.final()))
        try run.run("split")
        try run.apply(.listed(1, ["0", "1"]))
        for iteration in 0..<2 {
            try run.run("each.iterations.\(iteration).flat")
            try run.run("each.iterations.\(iteration).fit")
        }
        try run.run("gather")
        try run.run("end")
        try run.apply(.outputsStored)
        let fit = try run.number("each.iterations.1.fit")
        try run.apply(.restart(Restart(.from(fit))))
        #expect(try run.apply(.inputsStaged) == [.queue(fit)])
        #expect(try run.state("each") == .running)
        #expect(try run.state("each.iterations.1.flat") == .completed)
        #expect(try run.run("each.iterations.1.fit") == [.queue(2)])
        #expect(try run.run("gather") == [.queue(3)])
        #expect(try run.run("end") == [.storeOutputs])
    }

    @Test func `corrected resources count for a payload, and for all that a node holds`() throws {
        var run = try DrivenLife.begun(Make.wide())
        try run.run("split")
        try run.apply(.listed(1, ["0", "1"]))
        try run.run("each.iterations.0.flat")
        try run.run(
            "each.iterations.1.flat", .retry(Retry(.payload, message: "", memory: 2048)))
        try run.fail("each.iterations.1.flat")
        try run.fail("each.iterations.0.fit")
        let larger = Workflows.Resources(cores: 4, memory: 9000)
        try run.apply(.restart(Restart(resources: [1: larger])))
        try run.apply(.inputsStaged)
        #expect(run.life.request(try run.number("each.iterations.1.flat")) == larger)
        #expect(run.life.request(try run.number("each.iterations.0.fit")) == larger)
        #expect(run.life.request(2) == Workflows.Resources())
        #expect(throws: ExecutionError.self) {
            try run.apply(.restart(Restart(resources: [1: Workflows.Resources(cores: 0)])))
        }
    }

    @Test func `what is in line is put there anew with its corrected resources`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a")
        try run.fail("b")
        let larger = Workflows.Resources(cores: 4)
        #expect(
            try run.apply(.restart(Restart(resources: [2: larger]))) == [.queue(2), .queue(1)])
        #expect(run.life.request(2) == larger)
    }

    @Test func `a corrected graph has the same nodes and other programs`() throws {
        func graph(_ command: String, attempts: Int, id: String = "x") -> Graph {
            let step = Node(
                id: id,
                kind: .exec(
                    Executable(name: "x", command: command, resources: Workflows.Resources())),
                policy: NodePolicy(attempts: attempts))
            return Make.graph([Make.nested("outer", [step])])
        }
        var run = try DrivenLife.begun(graph("old", attempts: 1))
        try run.fail("outer.x")
        #expect(throws: ExecutionError.self) {
            try run.apply(.restart(Restart(graph: graph("new", attempts: 2, id: "y"))))
        }
        #expect(throws: ExecutionError.self) {
            try run.apply(.restart(Restart(graph: Make.diamond())))
        }
        try run.apply(.restart(Restart(graph: graph("new", attempts: 2))))
        try run.apply(.inputsStaged)
        let number = try run.number("outer.x")
        #expect(run.life.node(number).executable?.command == "new")
        #expect(run.life.node(number).policy.attempts == 2)
        #expect(try run.run("outer.x") == [.storeOutputs])
    }

    @Test func `what a tolerant node let fail is not done again, what the run let fail is`() throws
    {
        var run = try DrivenLife.begun(Make.wide(policy: NodePolicy(tolerance: .count(1))))
        try run.run("split")
        try run.apply(.listed(1, ["0"]))
        try run.fail("each.iterations.0.flat")
        try run.run("gather")
        try run.apply(.outputsStored)
        #expect(run.life.isPartial)
        #expect(throws: ExecutionError.self) { try run.apply(.restart(Restart())) }
        var other = try DrivenLife.begun(Make.diamond(tolerance: .count(2)))
        try other.run("a")
        try other.run("c")
        try other.fail("b")
        try other.apply(.outputsStored)
        #expect(other.life.state == .completed)
        try other.apply(.restart(Restart()))
        #expect(try other.apply(.inputsStaged) == [.queue(1)])
    }
}
