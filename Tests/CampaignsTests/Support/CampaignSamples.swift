import Campaigns
import GroundSegment
import SkyCoverage
import SkyGeometry
import Testing

enum CampaignSamples {
    /// A campaign in which every field has a value of its own.
    static func full() throws -> Campaign {
        let map = try #require(SkyCoverage(ascii: "3/1 3-6 5/1234"))
        let tasks = [
            CampaignTask(
                id: "north.vis", title: "VIS & \"friends\" <1>", pipeline: "vis", release: "9.1",
                unit: .observation,
                items: ItemSelection(
                    period: TimeWindow(start: MJD(61_000), end: MJD(61_090.5)),
                    region: .cone(centre: SkyPosition(ra: 150.1, dec: -2.25), radius: 5),
                    query: "SELECT kind, item FROM sgs.held\nWHERE sdc = 'SDC-FR'"),
                inputs: ["frames"], outputs: ["images", "masks"], priority: 5,
                policy: TaskPolicy(
                    retries: 1, scouts: 7, tolerance: .part(0.05), isPartial: true, coverage: 0.8,
                    wait: 6, isOpen: true, lateLimit: 72, targetWalltime: 14_400,
                    request: ResourceRequest(
                        cores: 4, memoryPerCore: 3000, walltime: 1800, outputDisk: 500,
                        workDisk: 20_000)),
                triggers: [.date(MJD(61_100)), .product("calibration")], preparation: "sort",
                merging: "join"),
            CampaignTask(
                id: "mer", pipeline: "mer-2", unit: .tile,
                items: ItemSelection(
                    region: .coverage(map), list: [.tile("102"), .tile("99"), .observation("7")]),
                inputs: ["images", "ground"], outputs: ["catalogues"], priority: -3,
                policy: TaskPolicy(tolerance: .count(12))),
            CampaignTask(
                id: "simulate", pipeline: "simulate", unit: .number, count: 200,
                outputs: ["simulated"]),
            CampaignTask(
                id: "all", pipeline: "all", unit: .campaign,
                inputs: ["catalogues", "simulated", "masks"], outputs: ["summary"]),
        ]
        let graph = try CampaignGraph(
            tasks: tasks,
            outside: [
                OutsideData(id: "frames", unit: .observation, product: "raw"),
                OutsideData(id: "ground", unit: .tile),
            ], results: ["catalogues"])
        return Campaign(
            id: "dr2", title: "The second release", survey: "euclid-2027q1", priority: 12,
            share: 0.7, graph: graph,
            retry: RetryTable(rules: [
                try RetryRule(
                    "disk", source: .pipeline, codes: 1...9, message: "no \"space\" <left>",
                    pipeline: "vis", release: "9.1", sdc: "SDC-FR", isActive: false,
                    action: .elsewhere),
                try RetryRule("code", codes: 42...42, action: .noRetry),
                try RetryRule("few", action: .limitRetry(2)),
                try RetryRule(
                    "memory", source: .memory,
                    action: .increaseMemoryTimes(
                        MemoryGrowth(factor: 1.5, offset: 100, step: 500, most: 9000))),
                try RetryRule("time", source: .walltime, action: .increaseTime(2)),
                try RetryRule("less", source: .output, action: .reduceInput(0.25)),
                try RetryRule("climb", action: .increaseMemory),
                try RetryRule("again", action: .retry),
            ]))
    }
}

extension Campaign {
    /// The campaign with its tasks and data sets in the order of their names, which GraphML keeps
    /// no other order of.
    var sorted: Campaign {
        let tasks = graph.tasks.map(\.sorted).sorted { $0.id < $1.id }
        let results = Set(graph.results.map(\.id))
        let outside = graph.outside.sorted { $0.id < $1.id }
        guard
            let graph = try? CampaignGraph(tasks: tasks, outside: outside, results: results)
        else { return self }
        return Campaign(
            id: id, title: title, survey: survey, priority: priority, share: share, graph: graph,
            retry: retry)
    }
}

extension CampaignTask {
    /// The task with its data sets in the order of their names.
    fileprivate var sorted: CampaignTask {
        CampaignTask(
            id: id, title: title, pipeline: pipeline, release: release, unit: unit, count: count,
            items: items, inputs: inputs.sorted(), outputs: outputs.sorted(), priority: priority,
            policy: policy, triggers: triggers, preparation: preparation, merging: merging)
    }
}
