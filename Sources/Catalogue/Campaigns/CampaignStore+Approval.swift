public import Campaigns
public import GroundSegment
import PostgreSQL

/// What the approval of a campaign did, or would do.
public struct CampaignApproval: Hashable, Sendable {
    /// By task, in the campaign's order.
    public let tasks: [Task]
    /// Orders that were made at once; the others follow as their inputs come.
    public let defined: Int
    /// Jobs that no SDC can take now.
    public let unplaced: Int

    /// A task with its jobs.
    public struct Task: Hashable, Sendable {
        public let task: ID<CampaignTask>
        public let state: TaskState
        public let jobs: Int
        /// Orders by SDC.
        public let orders: [ID<SDC>: Int]
    }

    public var jobs: Int { tasks.reduce(0) { $0 + $1.jobs } }
}

extension CampaignStore {
    /// Lets a campaign's tasks begin: their items are looked up, and orders are made of the jobs
    /// that can run already, all at once or none.
    ///
    /// - Parameters:
    ///   - clock: what is released later is awaited; the server's present where it is `nil`.
    ///   - isDryRun: only tells what would be done: everything is done and given back.
    /// - Throws: `CatalogueError` of code `unknownItem`, and `illegalChange` where it is approved
    ///   or cannot be; `PostgreSQLError`.
    @discardableResult
    public func approve(
        _ name: ID<Campaign>, survey: ID<SurveyPlan>, clock: MJD? = nil, by actor: String,
        because comment: String, isDryRun: Bool = false
    ) async throws -> CampaignApproval {
        try await undoing(isDryRun) { connection in
            try connection.query("SELECT pg_advisory_xact_lock(hashtext('sgs.sweep'))")
            let clock = try Self.instant(clock, on: connection)
            let found = try CampaignRows.campaign(name, survey: survey, on: connection)
            let rows = try connection.query(
                """
                UPDATE sgs.campaign SET approved_at = clock_timestamp()
                WHERE campaign = $1 AND approved_at IS NULL RETURNING campaign
                """, found.key)
            guard !rows.isEmpty else {
                throw CatalogueError(.illegalChange, "campaign \(name) is approved already")
            }
            try TaskSteps.insert(found, on: connection)
            try CampaignRecord.write(
                CampaignRecord(name: "approve", isCommand: true, actor: actor, comment: comment),
                of: found.key, on: connection)
            var run = SweepRun(
                SweepScope(campaigns: [found.key]), clock: clock, actor: actor, mostLive: mostLive)
            _ = try run.run(on: connection)
            return try Self.approval(name, survey, run.jobs, on: connection)
        }
    }

    private static func approval(
        _ name: ID<Campaign>, _ survey: ID<SurveyPlan>, _ jobs: JobChanges,
        on connection: isolated Connection
    ) throws -> CampaignApproval {
        let found = try CampaignRows.campaign(name, survey: survey, on: connection)
        var orders: [Int: [ID<SDC>: Int]] = [:]
        for row in try connection.query(
            """
            SELECT campaign_task, sdc, count(*) AS n FROM sgs.processing_order
            WHERE campaign_task = ANY ($1) AND state <> 'WITHDRAWN' GROUP BY 1, 2
            """, found.taskKeys)
        {
            orders[try row.decode("campaign_task"), default: [:]][ID(try row.decode("sdc"))] =
                try row.decode("n", as: Int.self)
        }
        return CampaignApproval(
            tasks: zip(found.rows, found.stored.tasks).map { row, task in
                CampaignApproval.Task(
                    task: task.id, state: task.state, jobs: task.vector.jobs.total,
                    orders: orders[row.key] ?? [:])
            }, defined: jobs.defined, unplaced: jobs.unplaced)
    }
}
