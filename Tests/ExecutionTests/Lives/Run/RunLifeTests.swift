import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct RunLifeTests {
    private typealias Make = LifeGraphs

    @Test func `a run whose payloads complete stores its outputs and is reported`() throws {
        var run = DrivenLife(Make.diamond())
        #expect(run.life.resumed(at: run.now) == [.stageInputs])
        #expect(try run.apply(.inputsStaged) == [.queue(0)])
        #expect(try run.run("a") == [.queue(1), .queue(2)])
        #expect(try run.run("c").isEmpty)
        #expect(try run.run("b") == [.queue(3)])
        #expect(try run.run("d") == [.storeOutputs])
        #expect(run.life.resumed(at: run.now) == [.storeOutputs])
        #expect(try run.apply(.outputsStored) == [.report(.complete, "")])
        #expect(run.life.state == .completed)
        #expect(!run.life.isPartial)
    }

    @Test func `siblings of a failed payload go on, what needs it is pruned`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a")
        #expect(try run.fail("b").isEmpty)
        #expect(try run.state("d") == .pruned)
        #expect(run.life.state == .executing)
        #expect(try run.run("c") == [.report(.fail, "step b: exit code 1")])
        #expect(run.life.state == .error)
        #expect(run.states == ["a": .completed, "b": .failed, "c": .completed, "d": .pruned])
    }

    @Test func `all that failed is told`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a")
        try run.fail("b")
        #expect(
            try run.apply(.refused(2, "needs 2 cores more"))
                == [.report(.fail, "step b: exit code 1; step c: needs 2 cores more")])
    }

    @Test func `a payload that is tried again waits, and each kind of loss is counted`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        #expect(
            try run.run("a", .retry(Retry(.payload, message: "exit code 1", wait: 86400)))
                == [.queue(0)])
        #expect(run.life[0].notBefore == MJD(60001))
        #expect((run.life[0].failures, run.life[0].losses, run.life[0].attempts) == (1, 0, 1))
        try run.run("a", .retry(Retry(.infrastructure, message: "host gone", memory: 2048)))
        #expect((run.life[0].failures, run.life[0].losses, run.life[0].attempts) == (1, 1, 2))
        #expect(run.life[0].notBefore == nil)
        #expect(run.life.request(0)?.memory == 2048)
        try run.start("a")
        #expect(run.life[0].message.isEmpty)
    }

    @Test func `what another attempt says changes nothing`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a", .retry(Retry(.infrastructure, message: "host gone")))
        try run.start("a")
        #expect(try run.apply(.ended(0, attempt: 1, .completed)).isEmpty)
        #expect(try run.apply(.started(0, attempt: 1)).isEmpty)
        #expect(try run.apply(.withdrawn(0, attempt: 1)).isEmpty)
        #expect(run.life[0].state == .running)
        try run.end("a", .completed)
        #expect(try run.apply(.ended(0, attempt: 2, .failed(.payload, message: ""))).isEmpty)
        #expect(run.life[0].state == .completed)
    }

    @Test func `an end may be heard of before the start`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.apply(.assigned(0, attempt: 1))
        #expect(try run.apply(.ended(0, attempt: 1, .completed)) == [.queue(1), .queue(2)])
        #expect(try run.apply(.started(0, attempt: 1)).isEmpty)
    }

    @Test func `a withdrawn payload is in line again and its number is used up`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.apply(.assigned(0, attempt: 1))
        #expect(try run.apply(.withdrawn(0, attempt: 1)) == [.queue(0)])
        #expect((run.life[0].failures, run.life[0].losses) == (0, 0))
        #expect(throws: ExecutionError.self) {
            var copy = run.life
            _ = try copy.apply(.assigned(0, attempt: 1), at: run.now)
        }
        try run.apply(.assigned(0, attempt: 2))
    }

    @Test func `an input that cannot be had ends the run, with nothing left to run`() throws {
        var run = DrivenLife(Make.diamond(final: Make.final()))
        #expect(try run.apply(.inputsMissing("observation 7")) == [.report(.fail, "observation 7")])
        #expect(run.life.state == .error)
        #expect(Set(run.states.values) == [.pruned])
        try run.apply(.restart(Restart()))
        try run.apply(.inputsStaged)
        #expect(try run.state("a") == .ready)
    }

    @Test func `outputs that cannot be stored are an error, and stored again by a restart`() throws
    {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        #expect(try run.run("a") == [.storeOutputs])
        #expect(try run.apply(.storingFailed("no room")) == [.report(.fail, "no room")])
        #expect(try run.apply(.restart(Restart())) == [.stageInputs])
        #expect(try run.apply(.inputsStaged) == [.storeOutputs])
        #expect(run.life[0].attempts == 1)
    }

    @Test func `a group does nothing, and a graph without payloads completes`() throws {
        var run = DrivenLife(Make.graph([Make.group("a"), Make.group("b", after: ["a"])]))
        #expect(try run.apply(.inputsStaged) == [.storeOutputs])
        #expect(run.states == ["a": .completed, "b": .completed])
        var empty = DrivenLife(Make.graph([]))
        #expect(try empty.apply(.inputsStaged) == [.storeOutputs])
    }

    @Test func `a node that waits for ends runs after a failure, and the run has failed`() throws {
        var run = try DrivenLife.begun(
            Make.graph([
                Make.step("a"), Make.step("b", after: ["a"], trigger: .allDone),
                Make.step("c", after: ["b"]),
            ]))
        #expect(try run.fail("a") == [.queue(1)])
        #expect(try run.run("b") == [.queue(2)])
        #expect(try run.run("c") == [.report(.fail, "step a: exit code 1")])
    }

    @Test func `an abort code stops the run at once with its status`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        try run.run("a")
        try run.start("c")
        #expect(
            try run.run("b", .abortRun(status: 7, message: "exit code 77")) == [.kill(2)])
        #expect(run.life.returnCode == 7)
        #expect(
            try run.end("c", .aborted(message: "cancelled"))
                == [.report(.fail, "step b: exit code 77")])
        #expect(run.states == ["a": .completed, "b": .failed, "c": .aborted, "d": .aborted])
        #expect(run.life.state == .error)
    }

    @Test func `a payload says whom it waits for`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        #expect(run.life.unfinishedParents(of: 3) == [1, 2])
        try run.run("a")
        try run.run("c")
        #expect(run.life.unfinishedParents(of: 3) == [1])
        #expect(run.life.unfinishedParents(of: 1).isEmpty)
    }

    @Test func `a kept result stands for a payload that waits in line`() throws {
        var run = try DrivenLife.begun(Make.diamond())
        #expect(try run.apply(.reused(0)) == [.dequeue(0), .queue(1), .queue(2)])
        #expect(run.life[0].attempts == 0)
        #expect(try run.state("a") == .completed)
    }

    @Test func `a payload waits for its resources where an earlier one says them`() throws {
        var run = try DrivenLife.begun(
            Make.graph([
                Make.step("a"), Make.step("b", resourcesFrom: .port(node: "a", port: "o")),
            ]))
        #expect(try run.run("a") == [.readResources(1)])
        #expect(run.life.resourcesFile(of: 1) == .output(number: 0, port: "o"))
        #expect(run.life.resumed(at: run.now) == [.readResources(1)])
        let resources = Workflows.Resources(cores: 2, memory: 4096)
        #expect(try run.apply(.resources(1, resources)) == [.queue(1)])
        #expect(run.life.request(1) == resources)
        #expect(run.life.resumed(at: run.now) == [.queue(1)])
        var other = try DrivenLife.begun(
            Make.graph([
                Make.step("a"), Make.step("b", resourcesFrom: .port(node: "a", port: "o")),
            ]))
        try other.run("a")
        #expect(
            try other.apply(.resourcesFailed(1, "no JSON")) == [.report(.fail, "step b: no JSON")])
    }

    @Test(arguments: [
        (FinalNode.WhenRun.always, true), (.success, true), (.never, false),
    ])
    func `the final node after success`(whenRun: FinalNode.WhenRun, runs: Bool) throws {
        var run = try DrivenLife.begun(
            Make.graph([Make.step("a")], final: Make.final(whenRun)))
        #expect(try run.run("a") == (runs ? [.queue(1)] : [.storeOutputs]))
        #expect(try run.state("end") == (runs ? .ready : .pruned))
        if runs { #expect(try run.run("end") == [.storeOutputs]) }
    }

    @Test(arguments: [
        (FinalNode.WhenRun.always, true), (.success, false), (.never, false),
    ])
    func `the final node after failure, which stays one`(
        whenRun: FinalNode.WhenRun, runs: Bool
    ) throws {
        var run = try DrivenLife.begun(
            Make.graph([Make.step("a")], final: Make.final(whenRun)))
        let report = RunAction.report(.fail, "step a: exit code 1")
        #expect(try run.fail("a") == (runs ? [.queue(1)] : [report]))
        if runs { #expect(try run.run("end") == [report]) }
        #expect(run.life.state == .error)
    }

    @Test(arguments: [
        (FinalNode.WhenRun.always, true), (.success, false), (.never, false),
    ])
    func `the final node after a cancel`(whenRun: FinalNode.WhenRun, runs: Bool) throws {
        var run = try DrivenLife.begun(
            Make.graph([Make.step("a")], final: Make.final(whenRun)))
        try run.start("a")
        #expect(try run.apply(.cancel("not wanted")) == [.kill(0)])
        let report = RunAction.report(.abort, "not wanted")
        #expect(
            try run.end("a", .aborted(message: "cancelled")) == (runs ? [.queue(1)] : [report]))
        if runs { #expect(try run.run("end") == [report]) }
        #expect(run.life.state == .aborted)
    }

    @Test func `a failed final node makes the run fail`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")], final: Make.final()))
        try run.run("a")
        #expect(try run.fail("end") == [.report(.fail, "step end: exit code 1")])
        #expect(run.life.state == .error)
        try run.apply(.restart(Restart()))
        #expect(try run.apply(.inputsStaged) == [.queue(1)])
        #expect(try run.run("end") == [.storeOutputs])
    }

    @Test(arguments: [(Tolerance.part(0.25), true), (.part(0.2), false), (.count(1), true)])
    func `a run completes in part where few enough failed`(
        tolerance: Tolerance, isTolerated: Bool
    ) throws {
        var run = try DrivenLife.begun(
            Make.graph("abcd".map { Make.step(String($0)) }, tolerance: tolerance))
        for step in ["a", "b", "c"] { try run.run(step) }
        let actions = try run.fail("d")
        guard isTolerated else {
            return #expect(actions == [.report(.fail, "step d: exit code 1")])
        }
        #expect(actions == [.storeOutputs])
        #expect(try run.apply(.outputsStored) == [.report(.complete, "step d: exit code 1")])
        #expect(run.life.isPartial)
        #expect(run.life.state == .completed)
    }
}
