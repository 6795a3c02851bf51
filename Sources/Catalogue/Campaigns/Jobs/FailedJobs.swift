import Campaigns
import GroundSegment
import PostgreSQL

/// Decides about jobs whose attempt failed, by the campaign's rules, and about scouts that do not
/// end.
struct FailedJobs {
    let found: CampaignRows.Found
    let actor: String

    private struct Failed {
        let task: Int
        let item: Int
        let order: ID<ProcessingOrder>
        let failure: JobFailure
        let memory: Int?
        let walltime: Double?
    }

    /// - Returns: how many jobs were decided about.
    func decide(on connection: isolated Connection) throws -> Int {
        let keyed = Dictionary(
            zip(found.taskKeys, found.stored.tasks).map { ($0, $1) },
            uniquingKeysWith: { one, _ in one })
        let steps = Dictionary(
            found.stepNodes.map { ($0.key, $0) }, uniquingKeysWith: { one, _ in one })
        let concerned = (found.taskKeys + steps.keys.sorted()).filter {
            (found.tallies[$0]?.count(.failed) ?? 0) > 0
        }
        guard !concerned.isEmpty else { return 0 }
        let failed = try connection.query(CampaignSQL.failedJobs, concerned).map(read)
        for job in failed {
            let step = steps[job.task]
            guard let task = step.map({ found.stored.tasks[$0.task] }) ?? keyed[job.task],
                let node = step?.node ?? found.stored.campaign.graph[task.id]
            else { continue }
            if task.state.standing == .ended || [.aborting, .finishing].contains(task.state) {
                try lose(job, "its task is ended", on: connection)
                continue
            }
            var request = node.policy.request
            if step == nil, let estimate = task.estimate {
                request.memoryPerCore = estimate.memoryPerCore
                request.walltime = estimate.walltime
            }
            request.memoryPerCore = job.memory ?? request.memoryPerCore
            request.walltime = job.walltime ?? request.walltime
            let choice = found.stored.campaign.retry.choose(
                for: job.failure, request: request, policy: node.policy)
            let rule = choice.rule.map { "rule \($0.name)" } ?? "as its task's policy has it"
            let passive = choice.passive.map { "; passive rule \($0.name) fits, too" }.joined()
            switch choice.next {
            case .lost(let reason):
                try lose(job, "\(reason) (\(rule)\(passive))", on: connection)
            case .again(let next, units: _, let isElsewhere):
                try again(
                    job, next == request ? nil : next, isElsewhere: isElsewhere,
                    because: "\(rule)\(passive)", on: connection)
            }
        }
        try raise(concerned, keyed, on: connection)
        return failed.count
    }

    private func read(_ row: Row) throws -> Failed {
        let message = try row.decode("message", as: String.self)
        let code = try row.decode("exit_code", as: Int?.self)
        return Failed(
            task: try row.decode("campaign_task"), item: try row.decode("item"),
            order: ID(try row.decode("order_id")),
            failure: JobFailure(
                source: JobFailure.Source(message: message), code: code, message: message,
                pipeline: try row.decode("pipeline"),
                release: try row.decode("software_release"), sdc: ID(try row.decode("sdc")),
                attempts: max(1, try row.decode("attempts", as: Int.self))),
            memory: try row.decode("memory_mib"), walltime: try row.decode("walltime_s"))
    }

    private func lose(
        _ job: Failed, _ reason: String, on connection: isolated Connection
    ) throws {
        try connection.query(
            """
            UPDATE sgs.campaign_job SET state = 'lost', reason = $3
            WHERE campaign_task = $1 AND item = $2
            """, job.task, job.item, reason)
    }

    private func again(
        _ job: Failed, _ request: ResourceRequest?, isElsewhere: Bool, because reason: String,
        on connection: isolated Connection
    ) throws {
        let order = try StoredOrder.lock(job.order, on: connection)
        try connection.query(
            """
            UPDATE sgs.processing_order SET state = 'ALLOCATED',
                sdc = CASE WHEN $2 THEN replica_at ELSE sdc END,
                replica_at = CASE WHEN $2 THEN sdc ELSE replica_at END,
                reassigned = reassigned <> $2, memory_mib = coalesce($3, memory_mib),
                walltime_s = coalesce($4, walltime_s)
            WHERE processing_order = $1
            """, order.key, isElsewhere, request?.memoryPerCore, request?.walltime)
        try OrderEvent.record(.retry, of: order, by: actor, reason, on: connection)
        if isElsewhere {
            try OrderEvent.record(
                .reassign, of: order, by: actor, reason, to: order.replicaAt, on: connection)
        }
        for sdc in isElsewhere ? [order.sdc, order.replicaAt] : [order.sdc] {
            try OrderChannel.notify(sdc, on: connection)
        }
    }

    /// Where many jobs needed more memory, the others ask for more, too.
    private func raise(
        _ tasks: [Int], _ keyed: [Int: StoredCampaign.Task], on connection: isolated Connection
    ) throws {
        var raised: [Int: [Int]] = [:]
        for row in try connection.query(CampaignSQL.raised, tasks) {
            raised[try row.decode("campaign_task"), default: []].append(
                try row.decode("memory_mib"))
        }
        for (key, memory) in raised.sorted(by: { $0.key < $1.key }) {
            guard let task = keyed[key] else { continue }
            let policy = task.vector.policy
            let own = task.estimate?.memoryPerCore ?? policy.request.memoryPerCore
            let higher = memory.filter { $0 > own }
            let next = MemoryLadder.standard.request(
                of: own, raised: higher, ended: task.vector.jobs.finished + higher.count)
            guard next > own else { continue }
            try connection.query(
                """
                UPDATE sgs.campaign_task SET memory_mib = $2, walltime_s = $3
                WHERE campaign_task = $1
                """, key, next, task.estimate?.walltime ?? policy.request.walltime)
            try connection.query(CampaignSQL.renewRequests, [key])
        }
    }

    /// Gives scouts up that run far too long, and asks their runners to stop them.
    ///
    /// - Returns: how many were given up, and in how many seconds the next will be too old.
    func giveUpScouts(
        on connection: isolated Connection
    ) throws -> (given: Int, next: Double?) {
        let scouting = zip(found.taskKeys, found.stored.tasks).filter {
            $1.state == .scouting && $1.vector.scouts == .open
        }
        guard !scouting.isEmpty else { return (0, nil) }
        let asked = Dictionary(
            scouting.map { ($0, $1.vector.policy) }, uniquingKeysWith: { one, _ in one })
        var given = 0
        var next: Double?
        for row in try connection.query(CampaignSQL.runningScouts, scouting.map(\.0)) {
            let key = try row.decode("campaign_task", as: Int.self)
            guard let policy = asked[key] else { continue }
            let walltime =
                try row.decode("walltime_s", as: Double?.self) ?? policy.request.walltime
            let age = try row.decode("age", as: Double.self)
            let finished = try walltimes(of: key, on: connection)
            guard
                ScoutProgress.isEndless(
                    age: age, asked: walltime, finished: finished, of: policy.scouts)
            else {
                next = min(next ?? .infinity, max(1, 3 * walltime - age))
                continue
            }
            given += 1
            let reason = "a first job that runs for \(Int(age)) s, and asked for \(Int(walltime))"
            try connection.query(
                """
                UPDATE sgs.campaign_job SET state = 'lost', reason = $3
                WHERE campaign_task = $1 AND item = $2
                """, key, row.decode("item", as: Int.self), reason)
            let order = try StoredOrder.lock(ID(row.decode("order_id")), on: connection)
            try OrderEvent.record(.cancel, of: order, by: actor, reason, on: connection)
            try OrderChannel.notify(order.sdc, on: connection)
        }
        return (given, next)
    }

    private func walltimes(
        of task: Int, on connection: isolated Connection
    ) throws -> [Double] {
        try connection.query(CampaignSQL.measures, [task]).map {
            try $0.decode("walltime", as: Double.self)
        }
    }
}

extension JobFailure.Source {
    /// By a runner's words for what went wrong; those of a pipeline where they are no others.
    init(message: String) {
        let words: [(JobFailure.Source, [String])] = [
            (.memory, ["out of memory"]), (.walltime, ["walltime"]),
            (.output, ["output "]),
            (.transfer, ["no SDC holds", "has no product", "transfer"]),
            (.site, ["its agent ended", "host is gone", "was lost"]),
        ]
        self =
            words.first { _, texts in texts.contains { message.contains($0) } }?.0 ?? .pipeline
    }
}
