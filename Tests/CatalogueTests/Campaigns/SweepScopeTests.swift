import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import Synchronization
import Testing

@Suite("What a sweep looks at")
struct SweepScopeTests {
    /// Two graphs that have nothing to do with each other, one with a fork and a join.
    private static let text = """
        tasks:
          - {name: a, pipeline: x, per: observation, outputs: [a1], policy: {scouts: 1}}
          - {name: b, pipeline: x, per: observation, inputs: [a1], outputs: [b1]}
          - {name: c, pipeline: x, per: observation, inputs: [a1], outputs: [c1], policy: {open: true}}
          - {name: d, pipeline: x, per: tile, inputs: [b1, c1], outputs: [d1], policy: {tolerance: 50 %}}
          - {name: m, pipeline: y, per: observation, outputs: [m1]}
          - {name: n, pipeline: y, per: observation, inputs: [m1], outputs: [n1]}
        """

    /// What becomes of the campaign when some orders end well, some fail and an operator steps in.
    private static func lives(
        seed: UInt64, mostLive: Int, everything: Bool
    ) async throws -> [[String]] {
        let states = Mutex<[[String]]>([])
        try await CampaignSample.run { sample in
            let world = CampaignSample(
                connection: sample.connection,
                store: CampaignStore(sample.connection, mostLive: mostLive),
                queue: sample.queue)
            var generator = SplitMix(seed: seed)
            try await world.approve(text)
            for step in 0..<12 {
                for order in try await world.take(limit: 3).sorted(by: { $0.id < $1.id }) {
                    let isGood = Int.random(in: 0..<4, using: &generator) > 0
                    try await world.report(order, isGood ? .complete : .fail, message: "no")
                }
                let task = ["a", "b", "c", "d", "m", "n"].randomElement(using: &generator) ?? "a"
                let command = TaskCommand.allCases.randomElement(using: &generator) ?? .pause
                if step % 2 == 1, command != .kill {
                    _ = try? await world.give(command, to: ID<CampaignTask>(task))
                }
                try await world.sweep(everything)
                let now = try await world.store.campaign("test", survey: Sample.survey).tasks.map {
                    "\($0.id) \($0.state) \($0.vector.jobs) \($0.vector.inputs) \($0.vector.outputs)"
                }
                states.withLock { $0.append(now) }
            }
        }
        return states.withLock(\.self)
    }

    @Test(
        "what comes after a change ends as if everything had been looked at",
        arguments: [(1, 1000), (2, 1000), (3, 4), (4, 2)] as [(UInt64, Int)])
    func agreement(seed: UInt64, mostLive: Int) async throws {
        let whole = try await Self.lives(seed: seed, mostLive: mostLive, everything: true)
        #expect(Set(whole.map(\.description)).count > 3)
        #expect(
            try await Self.lives(seed: seed, mostLive: mostLive, everything: false) == whole)
    }

    @Test("what does not come after a change is not looked at")
    func scope() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(
                """
                tasks:
                  - {name: k, pipeline: y, per: observation, outputs: [k1]}
                  - {name: l, pipeline: y, per: observation, inputs: [k1], outputs: [l1]}
                  - {name: m, pipeline: y, per: observation, outputs: [m1]}
                """)
            let orders = try await world.take()
            try await world.sweep()
            try await world.report(try #require(orders.first { $0.task?.name == "k" }))
            let looked = try await world.sweep().vectors.filter { $0.key.campaign == "test" }
            #expect(looked.map(\.key.task) == ["k", "l"])
        }
    }

    @Test("a sweep of one survey leaves what has changed in another for its own")
    func surveys() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(
                "tasks: [{name: m, pipeline: y, per: observation, outputs: [m1]}]")
            try await world.sweep()
            for order in try await world.take() { try await world.report(order) }
            _ = try await world.store.sweep(survey: "other", clock: CampaignSample.late, by: "s")
            #expect(try await world.state("m") == .running)
            try await world.sweep()
            #expect(try await world.state("m") == .done)
        }
    }
}

/// A small generator with a seed.
private struct SplitMix: RandomNumberGenerator {
    var seed: UInt64

    mutating func next() -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var z = seed
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
