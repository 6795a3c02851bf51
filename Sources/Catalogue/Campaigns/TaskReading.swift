import Campaigns
import GroundSegment

/// Makes a task's state vector of what the catalogue has of it.
///
/// A job is an order; the parts of a data set are what the orders of its producer complete, and
/// data from outside come with the orders that are taken.
struct TaskReading {
    let node: CampaignTask
    let row: TaskRow
    let edges: [EdgeRow]
    let jobs: [Int: JobStates]
    let tasks: [TaskRow]
    let graph: CampaignGraph

    func task(of campaign: ID<Campaign>, isApproved: Bool) -> StoredCampaign.Task {
        let own = jobs[row.key] ?? JobStates()
        var vector = TaskVector(node, of: campaign)
        vector.state = row.state
        vector.interrupted = row.interrupted
        vector.isReleased = row.isReleased
        vector.isCutShort = row.isCutShort
        vector.admission = isApproved ? .admitted : .awaited
        // Where its jobs run is what is published.
        vector.placement = row.state == .reassigning ? .open : .placed
        vector.jobs = JobCounts(
            total: own.all, isCounted: own.all > 0, active: own.count(.allocated, .executing),
            finished: own.count(.completed), lost: own.count(.error, .aborted))
        vector.inputs = vector.inputs.map { input($0, own) }
        vector.outputs = vector.outputs.map { output in
            var output = output
            output.state =
                edges.first { $0.data == output.data.text && $0.producer == row.key }?.output
                ?? .defined
            return output
        }
        return StoredCampaign.Task(
            vector: vector, title: node.title, pipeline: node.pipeline, changedAt: row.changedAt,
            jobs: own.states)
    }

    private func input(_ input: InputVector, _ own: JobStates) -> InputVector {
        var input = input
        input.state =
            edges.first { $0.data == input.data.text && $0.consumer == row.key }?.input ?? .defined
        if let producer = graph[input.data]?.producer,
            let key = tasks.first(where: { $0.name == producer.text })?.key
        {
            let made = jobs[key] ?? JobStates()
            input.expected = made.all
            input.available = made.count(.completed)
        } else {
            input.expected = own.all
            input.available = own.taken
        }
        input.known = input.available
        return input
    }
}
