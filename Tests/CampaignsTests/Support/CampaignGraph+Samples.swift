import Campaigns
import GroundSegment

extension CampaignTask {
    /// A task per tile with these data sets.
    static func sample(
        _ id: String, reads inputs: [String] = [], writes outputs: [String] = [],
        unit: JobUnit = .tile, count: Int = 1, policy: TaskPolicy = TaskPolicy()
    ) -> CampaignTask {
        CampaignTask(
            id: ID(id), pipeline: id, unit: unit, count: count, inputs: inputs.map { ID($0) },
            outputs: outputs.map { ID($0) }, policy: policy)
    }
}

extension CampaignGraph {
    /// A seeded graph without a cycle: each task reads data of some before it and writes one or
    /// two data sets.
    static func random(
        tasks count: Int, using generator: inout SeededGenerator,
        policy: (inout SeededGenerator) -> TaskPolicy = { _ in TaskPolicy() }
    ) -> CampaignGraph {
        var written: [String] = []
        var tasks: [CampaignTask] = []
        for place in 0..<count {
            let most = min(3, written.count)
            let inputs = Set(
                (0..<Int.random(in: 0...most, using: &generator)).map { _ in
                    written.randomElement(using: &generator) ?? ""
                })
            let outputs = (0..<Int.random(in: 1...2, using: &generator)).map { "d\(place)-\($0)" }
            tasks.append(
                .sample(
                    "t\(place)", reads: inputs.sorted(), writes: outputs,
                    policy: policy(&generator)))
            written += outputs
        }
        guard let graph = try? CampaignGraph(tasks: tasks) else { fatalError("a faulty sample") }
        return graph
    }
}
