import GroundSegment
import Testing

@testable import Campaigns

@Suite struct JobPlanTests {
    /// frames -> observation -> exposures -> tile -> catalogue -> all.
    private static func graph(_ policy: TaskPolicy = TaskPolicy()) throws -> CampaignGraph {
        try CampaignGraph(
            tasks: [
                .sample(
                    "observation", reads: ["frames"], writes: ["exposures"], unit: .observation),
                .sample("tile", reads: ["exposures"], writes: ["catalogue"], policy: policy),
                .sample("all", reads: ["catalogue"], unit: .campaign),
            ], outside: [OutsideData(id: "frames", unit: .observation)])
    }

    private static let overlaps = Overlaps(
        ["t1": ["o1", "o2"], "t2": ["o2", "o3"]],
        items: [.tile("t1"), .tile("t2"), .observation("o1")])
    private static let tiles: [JobKey] = [.item(.tile("t1")), .item(.tile("t2"))]

    private static func plan(
        _ task: String, _ keys: [JobKey], policy: TaskPolicy = TaskPolicy(),
        defined: Set<JobKey> = [], isReleased: Bool = false,
        standing: (DataPart) -> PartStanding
    ) throws -> JobPlan {
        let graph = try graph(policy)
        let task = try #require(graph[ID<CampaignTask>(task)])
        return JobPlan(
            task, in: graph, keys: keys, defined: defined, overlaps: overlaps,
            isReleased: isReleased, standing: standing)
    }

    private static func part(_ data: ID<DataSet>, _ observation: String) -> DataPart {
        DataPart(data: data, key: .item(.observation(ID(observation))))
    }

    @Test
    func `the daily processing has an order for each observation and tile, as publishing makes`()
        throws
    {
        let daily = try Self.graph()
        let items: [ItemID] = [.tile("t2"), .observation("o1"), .tile("t1"), .observation("o2")]
        let keys = daily.tasks.map { JobPlan.keys(of: $0, items: items) }
        #expect(keys[0] == [.item(.observation("o1")), .item(.observation("o2"))])
        #expect(keys[1] == Self.tiles)
        #expect(keys[2] == [.campaign])
        let plan = try Self.plan("tile", Self.tiles) { _ in .there }
        #expect(
            plan.ready == [
                JobDefinition(
                    key: Self.tiles[0],
                    inputs: [Self.part("exposures", "o1"), Self.part("exposures", "o2")],
                    missing: []),
                JobDefinition(
                    key: Self.tiles[1],
                    inputs: [Self.part("exposures", "o2"), Self.part("exposures", "o3")],
                    missing: []),
            ])
    }

    @Test func `a job runs when its own parts are there, whatever others wait for`() throws {
        let plan = try Self.plan("tile", Self.tiles) {
            $0.key == .item(.observation("o3")) ? .coming : .there
        }
        #expect(plan.ready.map(\.key) == [Self.tiles[0]])
        #expect(plan.waiting == [Self.tiles[1]: [Self.part("exposures", "o3")]])
        let later = try Self.plan("tile", Self.tiles, defined: [Self.tiles[0]]) { _ in .there }
        #expect(later.ready.map(\.key) == [Self.tiles[1]])
    }

    @Test func `a job with a lost part is lost, unless its task may run on a part`() throws {
        func standing(_ part: DataPart) -> PartStanding {
            part.key == .item(.observation("o1")) ? .lost : .there
        }
        let plan = try Self.plan("tile", Self.tiles, standing: standing)
        #expect(plan.lost == [Self.tiles[0]: [Self.part("exposures", "o1")]])
        let partial = TaskPolicy(isPartial: true, coverage: 0.5)
        let kept = try Self.plan("tile", Self.tiles, policy: partial, standing: standing)
        #expect(kept.ready.map(\.missing) == [[Self.part("exposures", "o1")], []])
        let strict = try Self.plan(
            "tile", Self.tiles, policy: TaskPolicy(isPartial: true, coverage: 0.6),
            standing: standing)
        #expect(strict.lost.keys.sorted() == [Self.tiles[0]])
    }

    @Test func `a partial task waits for what is coming unless it is released`() throws {
        func standing(_ part: DataPart) -> PartStanding {
            part.key == .item(.observation("o1")) ? .coming : .there
        }
        let policy = TaskPolicy(isPartial: true, coverage: 0.5)
        #expect(
            try Self.plan("tile", Self.tiles, policy: policy, standing: standing).ready.count == 1)
        let released = try Self.plan(
            "tile", Self.tiles, policy: policy, isReleased: true, standing: standing)
        #expect(released.ready.count == 2)
        let whole = try Self.plan("tile", Self.tiles, isReleased: true, standing: standing)
        #expect(whole.ready.count == 1)
    }

    @Test func `a job for all reads the parts of all items`() throws {
        let plan = try Self.plan("all", [.campaign]) { _ in .there }
        #expect(
            plan.ready.first?.inputs.map(\.description) == [
                "catalogue of tile t1", "catalogue of tile t2",
            ])
    }
}
