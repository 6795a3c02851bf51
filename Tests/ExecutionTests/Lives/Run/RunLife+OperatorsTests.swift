import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct RunLifeOperatorsTests {
    private typealias Make = LifeGraphs

    @Test func `a cancel ends at once what has not begun, and takes back or kills the rest`() throws
    {
        var run = try DrivenLife.begun(
            Make.graph(
                "abcde".map { Make.step(String($0)) } + [Make.step("f", after: ["a"])],
                final: Make.final()))
        try run.start("a")
        try run.apply(.assigned(1, attempt: 1))
        try run.apply(.hold(2, "look"))
        try run.apply(.assigned(3, attempt: 1))
        #expect(
            try run.apply(.cancel("not wanted"))
                == [.kill(0), .withdraw(1), .withdraw(3), .dequeue(4)])
        #expect(
            run.states == [
                "a": .running, "b": .assigned, "c": .aborted, "d": .assigned, "e": .aborted,
                "f": .aborted, "end": .unready,
            ])
        #expect(run.life.resumed(at: run.now) == [.kill(0), .withdraw(1), .withdraw(3)])
        #expect(try run.apply(.withdrawn(1, attempt: 1)).isEmpty)
        #expect(try run.apply(.started(3, attempt: 1)) == [.kill(3)])
        #expect(try run.end("d", .retry(Retry(.payload, message: "signal 15"))).isEmpty)
        // What completed before it was killed has completed.
        #expect(try run.end("a", .completed) == [.queue(6)])
        #expect(run.life.state == .executing)
        #expect(try run.run("end") == [.report(.abort, "not wanted")])
        #expect(
            run.states == [
                "a": .completed, "b": .aborted, "c": .aborted, "d": .aborted, "e": .aborted,
                "f": .aborted, "end": .completed,
            ])
    }

    @Test func `a second cancel stops the final node`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")], final: Make.final()))
        #expect(try run.apply(.cancel("not wanted")) == [.dequeue(0), .queue(1)])
        try run.start("end")
        #expect(try run.apply(.cancel("at once")) == [.kill(1)])
        #expect(
            try run.end("end", .aborted(message: "cancelled")) == [.report(.abort, "not wanted")])
        var other = try DrivenLife.begun(Make.graph([Make.step("a")], final: Make.final()))
        try other.apply(.cancel("not wanted"))
        #expect(
            try other.apply(.cancel("at once")) == [.dequeue(1), .report(.abort, "not wanted")])
    }

    @Test
    func `a run is cancelled before its inputs are there, while held, and while it is stored`()
        throws
    {
        var run = DrivenLife(Make.diamond(final: Make.final()))
        #expect(try run.apply(.cancel("x")) == [.report(.abort, "x")])
        #expect(Set(run.states.values) == [.aborted])
        #expect(try run.apply(.inputsStaged).isEmpty)
        run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try run.apply(.hold(nil, "look"))
        #expect(try run.apply(.cancel("x")) == [.dequeue(0), .report(.abort, "x")])
        run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try run.run("a")
        #expect(try run.apply(.cancel("x")) == [.report(.abort, "x")])
        #expect(try run.apply(.outputsStored).isEmpty)
        #expect(run.life.state == .aborted)
        #expect(throws: ExecutionError.self) { try run.apply(.cancel("x")) }
    }

    @Test func `a cancel of a held run lets its final node run that was in line`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")], final: Make.final()))
        #expect(try run.run("a") == [.queue(1)])
        #expect(try run.apply(.hold(nil, "look")) == [.dequeue(1)])
        #expect(try run.apply(.cancel("x")) == [.queue(1)])
    }

    @Test func `a cancel stops what is inside parallel and nested nodes`() throws {
        var run = try DrivenLife.begun(Make.wide())
        try run.run("split")
        try run.apply(.listed(1, ["0", "1", "2"]))
        try run.run("each.iterations.0.flat")
        try run.start("each.iterations.1.flat")
        #expect(
            try run.apply(.cancel("x")) == [.dequeue(4), .kill(5), .dequeue(7)])
        #expect(
            try run.end("each.iterations.1.flat", .aborted(message: "")) == [.report(.abort, "x")])
        #expect(try run.state("each") == .aborted)
        #expect(try run.state("gather") == .aborted)
    }

    @Test func `a held payload waits for its release, and is pruned with what it needs`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        #expect(try run.apply(.hold(1, "look")).isEmpty)
        #expect(try run.apply(.hold(3, "")).isEmpty)
        #expect(try run.run("a") == [.queue(2)])
        #expect(try run.state("b") == .held)
        #expect(run.life[1].message == "look")
        #expect(try run.apply(.release(1)) == [.queue(1)])
        #expect(try run.apply(.hold(1, "again")) == [.dequeue(1)])
        #expect(throws: ExecutionError.self) { try run.apply(.hold(1, "")) }
        #expect(throws: ExecutionError.self) { try run.apply(.release(2)) }
        #expect(try run.apply(.release(1)) == [.queue(1)])
        try run.fail("b")
        #expect(try run.state("d") == .pruned)
    }

    @Test func `a payload held while it is waited for keeps its run open`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try run.apply(.hold(0, "look"))
        #expect(run.life.state == .executing)
        #expect(
            try run.apply(.forced(0, completed: false, "given up"))
                == [.report(.fail, "step a: given up")])
        run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        #expect(throws: ExecutionError.self) {
            try run.apply(.forced(0, completed: true, "done by hand"))
        }
        try run.apply(.hold(0, "look"))
        #expect(try run.apply(.forced(0, completed: true, "done by hand")) == [.storeOutputs])
    }

    @Test func `a rule may hold a payload after an attempt`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        #expect(try run.run("a", .held(message: "no licence")).isEmpty)
        #expect(try run.state("a") == .held)
        #expect(try run.apply(.release(0)) == [.queue(0)])
        #expect(run.life[0].failures == 1)
    }

    @Test func `a held run starts nothing, and what runs goes on`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a")
        try run.start("b")
        #expect(try run.apply(.hold(nil, "look")) == [.dequeue(2)])
        #expect(run.life.state == .held)
        #expect(run.life.message == "look")
        #expect(run.life.resumed(at: run.now).isEmpty)
        #expect(throws: ExecutionError.self) { try run.apply(.assigned(2, attempt: 1)) }
        #expect(throws: ExecutionError.self) { try run.apply(.hold(nil, "")) }
        #expect(try run.end("b", .completed).isEmpty)
        #expect(try run.apply(.release(nil)) == [.queue(2)])
        #expect(run.life.state == .executing)
        try run.run("c")
        try run.apply(.hold(nil, ""))
        try run.apply(.release(nil))
        try run.start("d")
        try run.apply(.hold(nil, ""))
        #expect(try run.end("d", .completed).isEmpty)
        #expect(try run.apply(.release(nil)) == [.storeOutputs])
    }

    @Test func `a run held before its inputs are there`() throws {
        var run = DrivenLife(Make.diamond())
        try run.apply(.hold(nil, "look"))
        #expect(run.record.heldFrom == .pending)
        #expect(try run.apply(.inputsStaged).isEmpty)
        #expect(run.life.state == .held)
        #expect(try run.apply(.release(nil)) == [.queue(0)])
    }

    @Test func `priorities of a run and of a payload, in line and before`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        #expect(try run.apply(.priority(3, 5)).isEmpty)
        #expect(run.life[3].priority == 5)
        #expect(try run.apply(.priority(0, 100)) == [.queue(0)])
        #expect(try run.apply(.priority(nil, 7)) == [.queue(0)])
        #expect(run.life.priority == 7)
        try run.run("a")
        #expect(throws: ExecutionError.self) { try run.apply(.priority(0, 1)) }
    }

    @Test func `a number that is none is refused`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        for number in [-1, 4, Int.max, Int.min] {
            for event: RunEvent in [
                .assigned(number, attempt: 1), .started(number, attempt: 1), .hold(number, ""),
                .ended(number, attempt: 1, .completed), .release(number), .refused(number, ""),
                .priority(number, 1), .listed(number, []), .reused(number),
                .forced(number, completed: true, ""), .restart(Restart(.from(number))),
                .restart(Restart(resources: [number: Workflows.Resources()])),
            ] {
                #expect(throws: ExecutionError.self) { try run.apply(event) }
            }
        }
        #expect(throws: ExecutionError.self) { try run.apply(.listed(0, [])) }
    }
}
