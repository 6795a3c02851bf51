import Foundation
import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct RunLifeSubjobsTests {
    private typealias Make = LifeGraphs

    private static func job(
        _ name: String, inputs: [String: Subjob.Source] = [:]
    ) -> Subjob {
        Subjob(name: name, command: "part", inputs: inputs, outputs: ["o": "fits"])
    }

    /// Starts a payload that asks for two children, the second after the first.
    private func split(_ run: inout DrivenLife, _ path: String = "a") throws {
        let number = try run.start(path)
        let attempt = run.life[number].attempts
        try run.apply(.subjobs(number, attempt: attempt, Subjobs(children: [Self.job("x")])))
        try run.apply(
            .subjobs(
                number, attempt: attempt,
                Subjobs(children: [Self.job("y")], links: [.init(before: "x", after: "y")])))
        #expect(!run.life.owesOutputs(number))
    }

    @Test func `a payload that asks for others stands by until they have ended, and runs again`()
        throws
    {
        var run = try DrivenLife.begun(Make.graph([Make.step("a"), Make.step("b", after: ["a"])]))
        try split(&run)
        #expect(run.life.count == 2)
        #expect(try run.end("a", .completed) == [.queue(2)])
        #expect(run.states == ["a": .standBy, "a.x": .ready, "a.y": .unready, "b": .unready])
        #expect(try run.run("a.x") == [.queue(3)])
        #expect(try run.run("a.y") == [.queue(0)])
        #expect(run.life.isEpilog(0))
        #expect(run.life.owesOutputs(0))
        try run.start("a")
        #expect(throws: ExecutionError.self) {
            try run.apply(.subjobs(0, attempt: 2, Subjobs(children: [Self.job("z")])))
        }
        #expect(try run.end("a", .completed) == [.queue(1)])
        #expect(run.life[0].attempts == 2)
    }

    @Test func `children ask for children, three deep, and the first to ask ends last`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        var order: [String] = []
        func descend(_ path: String, _ depth: Int) throws {
            if depth > 0 {
                try split(&run, path)
                try run.end(path, .completed)
                try descend(path + ".x", depth - 1)
                try descend(path + ".y", depth - 1)
            }
            try run.run(path)
            order.append(path)
        }
        try descend("a", 3)
        #expect(order.count == 15)
        #expect(order.last == "a")
        #expect(Set(run.states.values) == [.completed])
        #expect(run.states["a.y.x.y"] == .completed)
    }

    @Test func `a child that fails makes the payload fail, and a restart runs only the child`()
        throws
    {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try split(&run)
        try run.end("a", .completed)
        #expect(
            try run.fail("a.x")
                == [.report(.fail, "step a: 2 of 2 did not complete; step a.x: exit code 1")])
        try run.apply(.restart(Restart()))
        #expect(try run.apply(.inputsStaged) == [.queue(1)])
        #expect(try run.state("a") == .standBy)
        try run.run("a.x")
        #expect(try run.run("a.y") == [.queue(0)])
        #expect(try run.run("a") == [.storeOutputs])
    }

    @Test func `an epilog that fails is done again without its children`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try split(&run)
        try run.end("a", .completed)
        try run.run("a.x")
        try run.run("a.y")
        #expect(
            try run.run("a", .retry(Retry(.infrastructure, message: "host gone"))) == [.queue(0)])
        try run.fail("a")
        try run.apply(.restart(Restart()))
        #expect(try run.apply(.inputsStaged) == [.queue(0)])
        #expect(run.life.isEpilog(0))
        #expect(try run.run("a") == [.storeOutputs])
    }

    @Test func `what an attempt asked for that did not end well is forgotten`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try split(&run)
        try run.end("a", .retry(Retry(.payload, message: "exit code 1")))
        #expect(run.life.owesOutputs(0))
        #expect(try run.run("a") == [.storeOutputs])
        #expect(run.life.count == 1)
    }

    @Test func `from the payload on it asks anew, and numbers of attempts go on by name`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try split(&run)
        try run.end("a", .completed)
        for path in ["a.x", "a.y", "a"] { try run.run(path) }
        try run.apply(.outputsStored)
        try run.apply(.restart(Restart(.from(0))))
        try run.apply(.inputsStaged)
        #expect(!run.life.isEpilog(0))
        try run.start("a")
        let more = [Self.job("z"), Self.job("y")]
        try run.apply(.subjobs(0, attempt: 3, Subjobs(children: more)))
        try run.end("a", .completed)
        #expect(run.life[try run.number("a.y")].attempts == 1)
        #expect(run.life[try run.number("a.z")].attempts == 0)
        #expect(run.life.number(path: "a.x") == nil)
        for path in ["a.y", "a.z", "a"] { try run.run(path) }
        #expect(run.life.state == .executing)
    }

    @Test func `a child is not done again while the epilog looks at it`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try split(&run)
        try run.end("a", .completed)
        try run.run("a.x")
        try run.run("a.y")
        try run.start("a")
        let child = try run.number("a.x")
        #expect(throws: ExecutionError.self) { try run.apply(.restart(Restart(.from(child)))) }
    }

    @Test func `a child that is held while its payload waits begins when that does`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try split(&run)
        try run.end("a", .completed)
        let child = try run.number("a.y")
        try run.apply(.hold(child, "look"))
        try run.apply(.release(child))
        #expect(run.life[child].state == .unready)
        #expect(try run.run("a.x") == [.queue(child)])
    }

    @Test func `children read of each other and of the payload that asked`() throws {
        var run = try DrivenLife.begun(
            Make.graph([Make.step("a", sources: ["raw": .input("frames")])]))
        try run.start("a")
        let jobs = [
            Self.job("late", inputs: ["i": .init(child: "early", port: "o")]),
            Self.job("early", inputs: ["i": .init(port: "raw")]),
        ]
        try run.apply(.subjobs(0, attempt: 1, Subjobs(children: jobs)))
        try run.end("a", .completed)
        let (early, late) = (try run.number("a.early"), try run.number("a.late"))
        #expect(run.life.files(of: early, port: "i") == .input("frames"))
        #expect(run.life.files(of: late, port: "i") == .absent)
        try run.run("a.early")
        #expect(run.life.files(of: late, port: "i") == .output(number: early, port: "o"))
    }

    @Test func `a cancel ends a payload that stands by, and its children`() throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try split(&run)
        try run.end("a", .completed)
        try run.start("a.x")
        #expect(try run.apply(.cancel("no")) == [.kill(1)])
        #expect(try run.end("a.x", .aborted(message: "")) == [.report(.abort, "no")])
        #expect(run.states == ["a": .aborted, "a.x": .aborted, "a.y": .aborted])
    }

    @Test(arguments: [
        (Subjobs(children: [job("../x")]), "name"),
        (Subjobs(children: [job("x"), job("x")]), "used once"),
        (Subjobs(children: [job("x")], links: [.init(before: "w", after: "x")]), "link"),
        (
            Subjobs(
                children: [job("x"), job("y")],
                links: [.init(before: "x", after: "y"), .init(before: "y", after: "x")]),
            "no cycle"
        ),
        (Subjobs(children: [Subjob(name: "x", command: "")]), "command"),
        (Subjobs(children: [Subjob(name: "x", command: "c", outputs: ["o": "../f"])]), "suffix"),
        (Subjobs(children: [Subjob(name: "x", command: "c", outputs: ["o/": "f"])]), "port"),
        (
            Subjobs(children: [job("x", inputs: ["i": .init(child: "y", port: "o")])]),
            "an output of a sibling"
        ),
        (Subjobs(children: [job(String(repeating: "n", count: 300))]), "characters"),
        (
            Subjobs(children: [
                Subjob(name: "x", command: "c", resources: Workflows.Resources(memory: -1))
            ]), "amounts"
        ),
    ])
    func `what cannot be made fails the payload, with the fault`(
        asked: Subjobs, fault: String
    ) throws {
        var run = try DrivenLife.begun(Make.graph([Make.step("a")]))
        try run.start("a")
        try run.apply(.subjobs(0, attempt: 1, asked))
        try run.end("a", .completed)
        #expect(try run.state("a") == .failed)
        #expect(run.life[0].message.contains(fault), "\(run.life[0].message)")
        #expect(run.life[0].message.allSatisfy { $0.isASCII && !$0.isNewline })
    }

    @Test func `what is asked for is written and read as JSON`() throws {
        let asked = Subjobs(
            children: [Self.job("x", inputs: ["i": .init(port: "raw")])],
            links: [.init(before: "x", after: "y")])
        let data = try JSONEncoder().encode(asked)
        #expect(try JSONDecoder().decode(Subjobs.self, from: data) == asked)
    }
}
