import Campaigns
import GroundSegment
import Testing

@Suite struct SweepPropertyTests {
    private static func world(_ seed: UInt64, tasks: Int = 30) -> World {
        var generator = SeededGenerator(seed: seed)
        let graph = CampaignGraph.random(tasks: tasks, using: &generator) { generator in
            TaskPolicy(
                scouts: Bool.random(using: &generator) ? 2 : 0,
                tolerance: .count(Int.random(in: 0...3, using: &generator)),
                isOpen: Bool.random(using: &generator))
        }
        var world = World(graph)
        for vector in world.vectors where Int.random(in: 0..<4, using: &generator) == 0 {
            world.losses[vector.key] = Int.random(in: 1...3, using: &generator)
        }
        return world
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `the order of the tasks makes no difference, and a second sweep fires nothing`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        var world = Self.world(seed)
        for _ in 0..<15 {
            let whole = try Sweep().run(on: world.vectors)
            let shuffled = try Sweep().run(on: world.vectors.shuffled(using: &generator))
            #expect(whole.firings == shuffled.firings)
            #expect(
                shuffled.vectors.sorted { $0.key < $1.key }
                    == whole.vectors.sorted { $0.key < $1.key })
            #expect(try Sweep().run(on: whole.vectors).firings == [])
            world.vectors = whole.vectors
            for place in world.vectors.indices { world.act(place) }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `messages that are lost make things later, and the end the same`(seed: UInt64) throws {
        var prompt = Self.world(seed)
        try prompt.settle()

        // Each time something happens to a few tasks only, and many sweeps are left out.
        var late = Self.world(seed)
        var generator = SeededGenerator(seed: seed &+ 1000)
        for _ in 0..<300 {
            if Int.random(in: 0..<3, using: &generator) == 0 { try late.sweep() }
            for place in late.vectors.indices where Int.random(in: 0..<5, using: &generator) == 0 {
                late.act(place)
            }
        }
        try late.settle()
        #expect(late.vectors.map(\.state) == prompt.vectors.map(\.state))
        #expect(late.vectors.map(\.jobs) == prompt.vectors.map(\.jobs))
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `after every command the rules come to an end that a second sweep leaves`(seed: UInt64)
        throws
    {
        var generator = SeededGenerator(seed: seed)
        var world = Self.world(seed)
        for _ in 0..<60 {
            let place = Int.random(in: world.vectors.indices, using: &generator)
            let vector = world.vectors[place]
            let legal = TaskCommand.allCases.filter { $0.legality(in: vector.state) == .legal }
            if let command = legal.randomElement(using: &generator) {
                world.vectors[place] = try vector.after(command)
            }
            try world.sweep()
            #expect(try world.sweep() == [])
            for place in world.vectors.indices { world.act(place) }
        }
    }

    @Test func `every change that a sweep makes is a legal step`() throws {
        let steps = RuleTable.standard.steps
        for seed in 1...10 as ClosedRange<UInt64> {
            var world = Self.world(seed)
            for _ in 0..<15 {
                for firing in try world.sweep() {
                    guard case .task(let to) = firing.change,
                        let from = TaskState(rawValue: firing.from)
                    else { continue }
                    #expect(steps.contains(RuleTable.Step(from: from, to: to)))
                }
                for place in world.vectors.indices { world.act(place) }
            }
        }
    }

    @Test func `a hundred campaigns of a thousand tasks are swept quickly`() throws {
        var generator = SeededGenerator(seed: 7)
        let graph = CampaignGraph.random(tasks: 1000, using: &generator)
        var vectors: [TaskVector] = []
        for number in 0..<100 {
            vectors += graph.tasks.map { task in
                var vector = TaskVector(task, of: ID("c\(number)"))
                vector.admission = .admitted
                return vector
            }
        }
        let clock = ContinuousClock()
        let first = clock.now
        let result = try Sweep().run(on: vectors)
        let second = clock.now
        #expect(try Sweep().run(on: result.vectors).firings.isEmpty)
        let unchanged = clock.now - second
        print("sweep of 100,000 tasks: all new \(second - first), nothing changed \(unchanged)")
        #expect(result.firings.count > 100_000)
        // Alone it takes a few tenths of a second; tests run beside others.
        #expect(unchanged < .seconds(10))
    }
}
