import Campaigns
import GroundSegment
import Testing

@Suite struct TaskLivesTests {
    /// One task with ten jobs, a tolerance of two losses, an input from outside.
    private static func fresh(_ change: (inout TaskVector) -> Void = { _ in }) throws -> World {
        let graph = try CampaignGraph(
            tasks: [
                .sample(
                    "a", reads: ["in"], writes: ["out"],
                    policy: TaskPolicy(scouts: 2, tolerance: .count(2)))
            ], outside: [OutsideData(id: "in", unit: .tile)])
        var world = World(graph)
        world["a"].inputs[0].expected = 10
        world["a"].inputs[0].available = 10
        world["a"].inputs[0].isClosed = true
        change(&world["a"])
        return world
    }

    /// Lives that together go through every state, and where each ends.
    private struct Life: Sendable {
        let name: String
        let end: TaskState
        /// Adds the states that the task was in.
        let live: @Sendable (inout Set<TaskState>) throws -> World
    }

    private static let lives: [Life] = [
        Life(
            name: "with preparation and merging", end: .done,
            live: { states in
                var world = try fresh {
                    $0.preparation = .open
                    $0.merging = .open
                }
                states = try world.settle()
                return world
            }),
        Life(
            name: "with an input that comes late", end: .done,
            live: { states in
                var world = try fresh {
                    $0.inputs[0].available = 0
                    $0.inputs[0].isClosed = false
                }
                states = try world.settle()
                world["a"].inputs[0].available = 10
                world["a"].inputs[0].isClosed = true
                states.formUnion(try world.settle())
                return world
            }),
        Life(
            name: "with an input that never comes", end: .broken,
            live: { states in
                var world = try fresh {
                    $0.inputs[0].isClosed = false; $0.inputs[0].isLost = true
                }
                states = try world.settle()
                return world
            }),
        Life(
            name: "with tolerated losses", end: .finished,
            live: { states in
                var world = try fresh()
                world.losses = [TaskKey("c", "a"): 2]
                world["a"].scouts = .none
                states = try world.settle()
                return world
            }),
        Life(
            name: "with too many losses", end: .failed,
            live: { states in
                var world = try fresh()
                world.losses = [TaskKey("c", "a"): 3]
                world["a"].scouts = .none
                states = try world.settle()
                return world
            }),
        Life(
            name: "exhausted, tried again and killed", end: .aborted,
            live: { states in
                var world = try fresh()
                world.losses = [TaskKey("c", "a"): 2]
                states = try world.settle()
                #expect(world["a"].state == .exhausted)
                world["a"] = try world["a"].after(.retry)
                states.formUnion(try world.settle())
                #expect(world["a"].state == .exhausted)
                world["a"] = try world["a"].after(.kill)
                states.insert(world["a"].state)
                states.formUnion(try world.settle())
                return world
            }),
        Life(
            name: "done, and run again for more input", end: .done,
            live: { states in
                var world = try fresh()
                states = try world.settle()
                world["a"] = try world["a"].after(.incexec)
                world.jobs[TaskKey("c", "a")] = 12
                world["a"].inputs[0].available = 12
                states.formUnion(try world.settle())
                #expect(world["a"].jobs.finished == 12)
                #expect(world["a"].inputs[0].known == 12)
                return world
            }),
        Life(
            name: "reassigned while it runs", end: .done,
            live: { states in
                var world = try fresh()
                world["a"].scouts = .none
                while world["a"].state != .running {
                    try world.sweep()
                    if world["a"].state != .running { world.act(0) }
                }
                world["a"] = try world["a"].after(.reassign)
                states = [world["a"].state]
                states.formUnion(try world.settle())
                return world
            }),
        Life(
            name: "finished early", end: .finished,
            live: { states in
                var world = try fresh()
                world["a"].scouts = .none
                world["a"].admission = .limited
                states = try world.settle()
                #expect(world["a"].state == .throttled)
                world["a"] = try world["a"].after(.release)
                try world.sweep()
                #expect(world["a"].state == .ready)
                world["a"].jobs = JobCounts(total: 10, isCounted: true, active: 4, finished: 3)
                try world.sweep()
                world["a"] = try world["a"].after(.finish)
                states.insert(world["a"].state)
                states.formUnion(try world.settle())
                #expect(world["a"].jobs.finished == 7)
                return world
            }),
        Life(
            name: "paused and resumed", end: .done,
            live: { states in
                var world = try fresh()
                try world.sweep()
                #expect(world["a"].state == .assigning)
                world["a"] = try world["a"].after(.pause)
                states = [world["a"].state]
                #expect(try world.settle() == [.paused])
                world["a"] = try world["a"].after(.resume)
                #expect(world["a"].state == .assigning)
                states.formUnion(try world.settle())
                return world
            }),
        Life(
            name: "without waiting for its scouts", end: .done,
            live: { states in
                var world = try fresh()
                while world["a"].state != .scouting {
                    try world.sweep()
                    if world["a"].state != .scouting { world.act(0) }
                }
                world["a"] = try world["a"].after(.avalanche)
                states = try world.settle()
                return world
            }),
    ]

    @Test func `each life ends as it should, and together they go through every state`() throws {
        var reached: Set<TaskState> = []
        for life in Self.lives {
            var states: Set<TaskState> = []
            let world = try life.live(&states)
            #expect(world["a"].state == life.end, "\(life.name)")
            reached.formUnion(states)
        }
        #expect(Set(TaskState.allCases).subtracting(reached) == [])
    }
}
