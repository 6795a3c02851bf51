import Campaigns
import GroundSegment
import Testing

@Suite struct SweepTests {
    /// a -> b, per tile, with ten jobs each.
    private static func chain(
        _ first: TaskPolicy = TaskPolicy(), _ second: TaskPolicy = TaskPolicy()
    ) throws -> World {
        World(
            try CampaignGraph(
                tasks: [
                    .sample("a", writes: ["x"], policy: first),
                    .sample("b", reads: ["x"], writes: ["y"], policy: second),
                ]))
    }

    @Test func `a chain runs to its end, and the second task waits for the first`() throws {
        var world = try Self.chain()
        let firings = try world.sweep()
        #expect(
            firings.map(\.description) == [
                "c/a: task registered -> defined (admitted)",
                "c/b: input x defined -> pending (input-awaited)",
                "c/b: task registered -> defined (admitted)",
                "c/a: task defined -> assigning (inputs-there)",
                "c/b: task defined -> pending (inputs-awaited)",
            ])
        #expect(firings.map(\.round) == [1, 1, 1, 2, 2])
        try world.settle()
        #expect(world.vectors.map(\.state) == [.done, .done])
        #expect(world.vectors.map { $0.outputs.map(\.state) } == [[.done], [.done]])
        #expect(world["b"].inputs.map(\.state) == [.done])
    }

    @Test func `a second sweep fires nothing`() throws {
        var world = try Self.chain(TaskPolicy(scouts: 3))
        for _ in 0..<20 {
            try world.sweep()
            #expect(try world.sweep() == [])
            for place in world.vectors.indices { world.act(place) }
        }
        #expect(world.vectors.map(\.state) == [.done, .done])
    }

    @Test func `nothing happens before the campaign is approved`() throws {
        var world = try Self.chain()
        for place in world.vectors.indices { world.vectors[place].admission = .awaited }
        try world.settle()
        #expect(world.vectors.map(\.state) == [.registered, .registered])
    }

    @Test func `losses that are tolerated finish a task, more fail it, and its readers wait`()
        throws
    {
        var world = try Self.chain(TaskPolicy(tolerance: .count(2)))
        world.losses = [TaskKey("c", "a"): 2]
        try world.settle()
        #expect(world.vectors.map(\.state) == [.finished, .done])

        world = try Self.chain(TaskPolicy(tolerance: .count(2)))
        world.losses = [TaskKey("c", "a"): 3]
        try world.settle()
        #expect(world.vectors.map(\.state) == [.failed, .pending])
        #expect(world["a"].outputs.map(\.state) == [.prepared])

        world.losses = [:]
        world["a"] = try world["a"].after(.retry)
        try world.settle()
        #expect(world.vectors.map(\.state) == [.done, .done])
    }

    @Test func `scouts come first, and too many failures of theirs exhaust the task`() throws {
        var world = try Self.chain(TaskPolicy(scouts: 4))
        #expect(try world.settle().isSuperset(of: [.scouting, .scouted, .running]))
        #expect(world.vectors.map(\.state) == [.done, .done])

        world = try Self.chain(TaskPolicy(scouts: 4))
        world.losses = [TaskKey("c", "a"): 4]
        try world.settle()
        #expect(world.vectors.map(\.state) == [.exhausted, .pending])
        #expect(world["a"].jobs.active == 0)
        #expect(world["a"].jobs.total - world["a"].jobs.lost == 6)
    }

    @Test func `an open task runs while its input still grows`() throws {
        var world = try Self.chain(TaskPolicy(), TaskPolicy(isOpen: true))
        try world.sweep()
        world["a"].placement = .placed
        world["a"].jobs = JobCounts(total: 10, isCounted: true, active: 7, finished: 3)
        world["b"].inputs[0].expected = 10
        world["b"].inputs[0].available = 3
        world["b"].placement = .placed
        world["b"].jobs = JobCounts(total: 3, isCounted: true, active: 3)
        world["b"].inputs[0].known = 3
        try world.sweep()
        #expect(world.vectors.map(\.state) == [.running, .running])
        world["b"].jobs = JobCounts(total: 3, isCounted: true, finished: 3)
        try world.sweep()
        #expect(world["b"].state == .running)
        world["b"].inputs[0].available = 5
        #expect(try world.sweep().map(\.rule) == ["input-grew"])
        #expect(world["b"].inputs[0].state == .toupdate)
        try world.settle()
        #expect(world.vectors.map(\.state) == [.done, .done])
    }

    @Test func `a sweep with a table that goes round ends with an error`() throws {
        let table = RuleTable(rules: [
            Rule("go", "", [.task(.registered)], to: .task(.defined)),
            Rule("back", "", [.task(.defined)], to: .task(.registered)),
        ])
        let vectors = try Self.chain().vectors
        let error = #expect(throws: EndlessSweep.self) { try Sweep(table).run(on: vectors) }
        #expect(error?.key.campaign == "c")
        #expect(Set(error?.rules ?? []) == ["go", "back"])
    }

    @Test func `a sweep counts how often each rule fired`() throws {
        let vectors = try Self.chain().vectors
        #expect(
            try Sweep().run(on: vectors).counts == [
                "admitted": 2, "inputs-there": 1, "inputs-awaited": 1, "input-awaited": 1,
            ])
    }

    @Test func `tasks of two campaigns with the same names do not touch each other`() throws {
        var world = try Self.chain()
        let other = try Self.chain().vectors.map { vector in
            var copy = TaskVector(
                key: TaskKey("d", vector.key.task), policy: vector.policy, inputs: vector.inputs,
                outputs: vector.outputs)
            copy.admission = .awaited
            return copy
        }
        world.vectors += other
        for vector in other { world.jobs[vector.key] = 10 }
        try world.settle()
        #expect(world.vectors.map(\.state) == [.done, .done, .registered, .registered])
    }
}
