import Campaigns
import GroundSegment

/// Makes a task's state vector of what the catalogue has of it.
///
/// In the daily processing a job is an order; the parts of a data set are what the orders of its
/// producer complete, and data from outside come with the orders that are taken.  In other
/// campaigns jobs are counted from the approval on, those without an order, too.
struct TaskReading {
    let node: CampaignTask
    let row: TaskRow
    let steps: TaskSteps
    let edges: EdgeStates
    let jobs: [Int: JobStates]
    /// The keys of the campaign's tasks, by their names.
    let keys: [ID<CampaignTask>: Int]
    let graph: CampaignGraph
    let tallies: [Int: JobTally]
    let isDaily: Bool

    /// - Parameter outside: completes an input from outside of a campaign besides the daily one.
    func task(
        of campaign: ID<Campaign>, isAdmitted: Bool,
        outside: (InputVector, JobTally) -> InputVector
    ) -> StoredCampaign.Task {
        let own = jobs[row.key] ?? JobStates()
        let tally = tallies[row.key] ?? JobTally()
        var vector = TaskVector(node, of: campaign)
        vector.state = row.state
        vector.interrupted = row.interrupted
        vector.isReleased = row.isReleased
        vector.isCutShort = row.isCutShort
        vector.admission = isAdmitted ? .admitted : .awaited
        // Where its jobs run is what is published.
        vector.placement = row.state == .reassigning ? .open : .placed
        vector.jobs =
            isDaily
            ? JobCounts(
                total: own.all, isCounted: own.all > 0,
                active: own.count(.allocated, .executing),
                finished: own.count(.completed), lost: own.count(.error, .aborted))
            : tally.counts(isCounted: row.lookedUp != nil)
        vector.scouts = scouts(tally)
        vector.preparation = progress(.prepare, tally)
        vector.merging = progress(.merge, tally)
        if row.state == .aborting {
            // Its steps have to be over, too.
            let running = steps.keys(of: row.key).reduce(0) {
                $0 + (tallies[$1]?.count(.defined, .running, .failed) ?? 0)
            }
            vector.jobs.total += running
            vector.jobs.active += running
        }
        vector.inputs = vector.inputs.map { input in
            var input = input
            input.state = edges.input(input.data, of: row.key) ?? .defined
            if let producer = graph[input.data]?.producer { return made(input, by: producer) }
            guard isDaily else { return outside(input, tally) }
            input.expected = own.all
            input.available = own.taken
            input.known = input.available
            return input
        }
        vector.outputs = vector.outputs.map { output in
            var output = output
            output.state = edges.output(output.data, of: row.key) ?? .defined
            return output
        }
        return StoredCampaign.Task(
            vector: vector, title: node.title, pipeline: node.pipeline, changedAt: row.changedAt,
            jobs: own.states, undefined: tally.count(.pending),
            estimate: row.memory.flatMap { memory in
                row.walltime.map {
                    OrderRequest(memoryPerCore: memory, walltime: $0, disk: row.disk)
                }
            }, measured: row.measured, jobWork: row.jobWork.map { CoreHours($0) })
    }

    /// How many of the first jobs are measured; those that were given up count as failed.
    func scouts(_ tally: JobTally) -> ScoutProgress {
        guard !isDaily, node.policy.scouts > 0, !row.isScoutsOff else { return .none }
        guard row.lookedUp != nil else { return .open }
        return ScoutProgress.of(
            wanted: min(node.policy.scouts, tally.total), finished: tally.scouts(.finished),
            failed: tally.scouts(.lost, .closed))
    }

    /// How far the pipeline is that runs once before its jobs, or after them.
    private func progress(_ step: TaskStep, _ own: JobTally) -> StepProgress {
        guard node.step(step) != nil else { return .none }
        // There is nothing to join where none has finished.
        if step == .merge, row.lookedUp != nil, own.count(.lost, .closed) == own.total {
            return .over
        }
        guard let tally = steps[step, of: row.key].flatMap({ tallies[$0] }) else { return .open }
        if tally.count(.finished) > 0 { return .over }
        return tally.count(.lost, .closed) > 0 ? .failed : .open
    }

    /// An input that a task of the campaign makes; what is joined has one part.
    private func made(_ input: InputVector, by producer: ID<CampaignTask>) -> InputVector {
        var input = input
        if let own = keys[producer] {
            let merge = node.readsAll(graph[input.data]) ? steps[.merge, of: own] : nil
            let key = merge ?? own
            let (orders, tally) = (jobs[key] ?? JobStates(), tallies[key] ?? JobTally())
            input.expected = isDaily ? orders.all : tally.total
            input.available = isDaily ? orders.count(.completed) : tally.count(.finished)
        }
        input.known = input.available
        return input
    }

    /// An input from outside: what the jobs have of it that are not defined yet; the others had
    /// all that they needed.
    ///
    /// - Parameter standing: `nil` where no job waits, or nobody looked.
    func outside(
        _ input: InputVector, _ tally: JobTally, _ standing: OutsideStanding?, clock: MJD?
    ) -> InputVector {
        var input = input
        let pending = tally.count(.pending)
        input.expected = tally.total
        let waiting = standing.map { max($0.ready, pending - $0.lost - $0.coming) } ?? 0
        input.available = tally.total - pending + waiting
        input.known = input.available
        guard row.lookedUp != nil, let clock else { return input }
        guard let standing else {
            // Nothing has to be waited for: no job is left, or no part is to be looked for.
            input.available = input.expected
            input.known = input.expected
            input.isClosed = true
            return input
        }
        input.isClosed = standing.coming == 0
        input.isLost = standing.lost > 0 && standing.lost == tally.total
        input.next = standing.next.map { ($0.days - clock.days) * 24 }
        input.overdue = standing.overdue.map { max(0, clock.days - $0.days) * 24 } ?? 0
        return input
    }
}
