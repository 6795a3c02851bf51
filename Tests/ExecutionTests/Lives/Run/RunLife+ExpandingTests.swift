import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct RunLifeExpandingTests {
    private typealias Make = LifeGraphs

    @Test(arguments: [0, 1, 3, 50])
    func `a parallel node has an iteration for each element of its list`(width: Int) throws {
        var run = try DrivenLife.begun(Make.wide())
        #expect(try run.run("split") == [.readList(1)])
        #expect(run.life.list(of: 1) == .output(number: 0, port: "o"))
        #expect(run.life.resumed(at: run.now) == [.readList(1)])
        let actions = try run.apply(.listed(1, (0..<width).map { "/tile/\($0)" }))
        #expect(run.life.parts(of: 1).count == 2 * width)
        guard width > 0 else {
            #expect(actions == [.queue(2)])
            return #expect(run.life.files(of: 2, port: "i") == .list([]))
        }
        #expect(actions == (0..<width).map { .queue(3 + 2 * $0) })
        for iteration in (0..<width).reversed() {
            #expect(run.life.path(3 + 2 * iteration) == "each.iterations.\(iteration).flat")
            #expect(
                run.life.files(of: 3 + 2 * iteration, port: "i")
                    == .element(container: 1, index: iteration))
            try run.run("each.iterations.\(iteration).flat")
            try run.run("each.iterations.\(iteration).fit")
        }
        #expect(run.life.element(container: 1, index: width - 1) == "/tile/\(width - 1)")
        #expect(run.life.element(container: 1, index: width) == nil)
        #expect(try run.state("each") == .completed)
        #expect(
            run.life.files(of: 2, port: "i")
                == .list((0..<width).map { .output(number: 4 + 2 * $0, port: "o") }))
        #expect(try run.run("gather") == [.storeOutputs])
    }

    @Test func `a list that cannot be read fails the node`() throws {
        var run = try DrivenLife.begun(Make.wide())
        try run.run("split")
        #expect(
            try run.apply(.listFailed(1, "not JSON")) == [.report(.fail, "step each: not JSON")])
        #expect(try run.state("gather") == .pruned)
    }

    @Test func `a list that is too long fails the node`() throws {
        var run = RunLife(graph: Make.wide())
        _ = try run.apply(.inputsStaged, at: MJD(0))
        _ = try run.apply(.reused(0), at: MJD(0))
        let list = Array(repeating: "", count: RunLife.maximumCount / 2)
        _ = try run.apply(.listed(1, list), at: MJD(0))
        #expect(run[1].state == .failed)
        #expect(run.count == 3)
    }

    @Test func `an iteration counts once, and few enough may fail`() throws {
        let policy = NodePolicy(tolerance: .part(0.25))
        var run = try DrivenLife.begun(Make.wide(policy: policy))
        try run.run("split")
        try run.apply(.listed(1, ["0", "1", "2", "3"]))
        try run.fail("each.iterations.1.flat")
        for iteration in [0, 2, 3] {
            try run.run("each.iterations.\(iteration).flat")
            try run.run("each.iterations.\(iteration).fit")
        }
        #expect(try run.state("each.iterations.1.fit") == .pruned)
        #expect(try run.state("each") == .completed)
        #expect(
            run.life.files(of: 2, port: "i")
                == .list([4, 8, 10].map { .output(number: $0, port: "o") }))
        try run.run("gather")
        #expect(
            try run.apply(.outputsStored)
                == [.report(.complete, "step each.iterations.1.flat: exit code 1")])
        #expect(run.life.isPartial)
    }

    @Test func `more failed iterations than may fail, and the node fails when all have ended`()
        throws
    {
        var run = try DrivenLife.begun(Make.wide(policy: NodePolicy(tolerance: .part(0.25))))
        try run.run("split")
        try run.apply(.listed(1, ["0", "1", "2"]))
        try run.fail("each.iterations.0.flat")
        try run.run("each.iterations.1.flat")
        try run.run("each.iterations.2.flat")
        try run.run("each.iterations.1.fit")
        #expect(try run.state("each") == .running)
        #expect(
            try run.run("each.iterations.2.fit")
                == [.report(.fail, "step each.iterations.0.flat: exit code 1")])
        #expect(run.life[1].message == "1 of 3 did not complete")
    }

    @Test func `a nested node shows its body's outputs and takes its inputs from around it`() throws
    {
        let inner = Make.nested(
            "inner", [Make.step("x", sources: ["i": .input("p")])],
            outputs: [BodyOutput(name: "q", node: "x", port: "o")], sources: ["p": .input("p")])
        let outer = Make.nested(
            "outer", [inner, Make.step("y", after: ["inner"])],
            outputs: [BodyOutput(name: "r", node: "inner", port: "q")],
            sources: ["p": .port(node: "a", port: "o")])
        var run = try DrivenLife.begun(
            Make.graph([
                Make.step("a", sources: ["i": .input("raw")]), outer,
                Make.step("z", sources: ["i": .port(node: "outer", port: "r")]),
            ]))
        #expect(run.life.files(of: 0, port: "i") == .input("raw"))
        try run.run("a")
        let deep = try run.number("outer.inner.x")
        #expect(run.life.files(of: deep, port: "i") == .output(number: 0, port: "o"))
        #expect(run.life.depth(deep) == 3)
        try run.run("outer.inner.x")
        #expect(try run.state("outer.inner") == .completed)
        try run.run("outer.y")
        #expect(try run.state("outer") == .completed)
        #expect(run.life.files(of: 2, port: "i") == .output(number: deep, port: "o"))
    }

    @Test func `parallel nodes within each other to any depth`() throws {
        func level(_ depth: Int) -> [Node] {
            depth == 0
                ? [Make.step("x")]
                : [Make.parallel("p\(depth)", over: .input("list"), level(depth - 1))]
        }
        var run = try DrivenLife.begun(Make.graph(level(3)))
        for container in 0... {
            guard container < run.life.count else { break }
            if run.life.isParallel(container) { try run.apply(.listed(container, ["a", "b"])) }
        }
        #expect(run.life.count == 1 + 2 + 4 + 8)
        let ends = (0..<run.life.count).filter(run.life.isProcess)
        #expect(ends.count == 8)
        for end in ends { try run.run(run.life.path(end)) }
        #expect(
            run.states["p3.iterations.1.p2.iterations.0.p1.iterations.1.x"] == .completed)
        #expect(run.states["p3"] == .completed)
    }

    @Test func `what a failure leaves without a file is said to be absent`() throws {
        var run = try DrivenLife.begun(
            Make.graph([
                Make.step("a"),
                Make.step(
                    "b", trigger: .allDone, sources: ["i": .port(node: "a", port: "o")]),
            ]))
        try run.fail("a")
        #expect(run.life.files(of: 1, port: "i") == .absent)
        #expect(run.life.files(of: 1, port: "j") == .absent)
    }

    @Test func `every path leads to its payload, and other texts to none`() throws {
        var run = try DrivenLife.begun(Make.wide(final: Make.final()))
        try run.run("split")
        try run.apply(.listed(1, ["0", "1"]))
        for number in 0..<run.life.count {
            #expect(run.life.number(path: run.life.path(number)) == number)
        }
        for path in [
            "", ".", "each.", "each.iterations", "each.iterations.2.flat",
            "each.iterations.-1.flat",
            "each.iterations.01.flat", "each.flat", "split.x", "each.iterations.0.flat.x", "none",
        ] {
            #expect(run.life.number(path: path) == nil, "\(path)")
        }
    }

    @Test func `a hundred thousand iterations are taken in, and an event changes only its payload`()
        throws
    {
        var life = RunLife(
            graph: Make.graph([
                Make.parallel("each", over: .input("list"), [Make.step("x")]),
                Make.step("end", after: ["each"]),
            ]))
        _ = try life.apply(.inputsStaged, at: MJD(0))
        let actions = try life.apply(.listed(0, (0..<100_000).map(String.init)), at: MJD(0))
        #expect(actions.count == 100_000)
        #expect(life.takeChanges().payloads.count == 100_002)
        for number in [2, 50_000, 100_001] {
            _ = try life.apply(.assigned(number, attempt: 1), at: MJD(0))
            #expect(life.takeChanges().payloads == [number])
        }
        for number in 2..<100_002 where life[number].state == .ready {
            _ = try life.apply(.reused(number), at: MJD(0))
        }
        #expect(life[0].state == .running)
        for number in [2, 50_000] {
            _ = try life.apply(.ended(number, attempt: 1, .completed), at: MJD(0))
        }
        let last = try life.apply(.ended(100_001, attempt: 1, .completed), at: MJD(0))
        #expect(last == [.queue(1)])
    }
}
