public import Campaigns
public import GroundSegment
import PostgreSQL

/// What was done about the jobs of campaigns at an SDC that was lost, or would be.
public struct CampaignRecovery: Hashable, Sendable {
    public let sdc: ID<SDC>
    public let tasks: [Task]
    /// Jobs that were given to other SDCs at once; the others follow as their turn comes.
    public let defined: Int

    /// What was done about a task.
    public struct Task: Hashable, Sendable {
        public let key: TaskKey
        /// Orders that waited there and were taken back, or moved in the daily processing.
        public var takenBack = 0
        /// Orders that its silent runner had, or that had failed there.
        public var stranded = 0
        /// Orders that it still has, for its runner gives signs of life.
        public var running = 0
        /// Jobs that wait and will not be placed there.
        public var waiting = 0
        /// The command that the task was given; `nil` for none.
        public var command: TaskCommand?
        /// Finished jobs whose products are there alone: what reads them has to do without, or they
        /// have to be made again in another campaign.
        public var soleProducts = 0

        init(_ key: TaskKey) { self.key = key }

        /// Whether anything was done or is to be known.
        public var isConcerned: Bool {
            takenBack + stranded + running + waiting + soleProducts > 0 || command != nil
        }
    }
}

extension CampaignStore {
    /// Gives everything that campaigns have at a lost SDC to others: orders that wait there, those
    /// that its silent runner had or that failed there, and jobs that would be placed there; tasks
    /// that had ended with losses are retried.  All of it or nothing.
    ///
    /// - Parameters:
    ///   - name: only this campaign's; all of the survey where it is `nil`.
    ///   - isDryRun: only tells what would be done: everything is done and given back.
    /// - Throws: `CatalogueError` of code `unknownItem` where there is no such campaign or SDC;
    ///   `PostgreSQLError`.
    public func recover(
        from sdc: ID<SDC>, of name: ID<Campaign>? = nil, survey: ID<SurveyPlan>,
        clock: MJD? = nil, by actor: String, because comment: String, isDryRun: Bool = false
    ) async throws -> CampaignRecovery {
        try await undoing(isDryRun) { connection in
            try connection.query("SELECT pg_advisory_xact_lock(hashtext('sgs.sweep'))")
            let clock = try Self.instant(clock, on: connection)
            guard
                try !connection.query("SELECT FROM sgs.sdc WHERE id = $1", sdc.text).isEmpty
            else { throw CatalogueError(.unknownItem, "there is no SDC \(sdc)") }
            if let name { _ = try Self.key(name, survey, on: connection) }
            var known: CampaignRows.Known = [:]
            let found = try CampaignRows.campaigns(
                survey: survey, name: name, clock: clock, known: &known, on: connection
            ).filter { $0.stored.approvedAt != nil }
            var tasks: [CampaignRecovery.Task] = []
            for campaign in found {
                let recovery = TaskRecovery(
                    campaign: campaign, sdc: sdc, actor: actor,
                    comment: comment.isEmpty ? "\(sdc) is lost" : "\(sdc): \(comment)")
                tasks += try recovery.run(on: connection)
            }
            var run = SweepRun(
                SweepScope(campaigns: found.map(\.key)), clock: clock, actor: actor,
                mostLive: mostLive)
            _ = try run.run(on: connection)
            return CampaignRecovery(
                sdc: sdc, tasks: tasks.filter(\.isConcerned), defined: run.jobs.defined)
        }
    }
}

/// The recovery of one campaign's tasks from a lost SDC.
struct TaskRecovery {
    let campaign: CampaignRows.Found
    let sdc: ID<SDC>
    let actor: String
    let comment: String

    func run(on connection: isolated Connection) throws -> [CampaignRecovery.Task] {
        try zip(campaign.rows, campaign.stored.tasks).map { row, task in
            var result = CampaignRecovery.Task(task.vector.key)
            let keys = [row.key] + campaign.steps.keys(of: row.key)
            for key in keys {
                let orders = TaskOrders(
                    task: key, isDaily: campaign.isDaily, actor: actor, comment: comment,
                    isDryRun: false)
                result.running += try orders.orders(.executing, at: sdc, on: connection).count
                if campaign.isDaily {
                    result.takenBack = try orders.move(from: sdc, on: connection)
                    return result
                }
                result.takenBack += try orders.takeBack(from: sdc, on: connection)
                result.stranded += try takeStranded(key, &result.running, on: connection)
                result.waiting += try avoid(key, on: connection)
            }
            result.soleProducts =
                try connection.query(CampaignSQL.soleProducts, keys, sdc.text)[0].decode("n")
            if result.stranded > 0, task.state.hasEnded || task.state == .exhausted,
                let command = task.vector.recovery, command == .retry
            {
                result.command = command
                try give(command, to: task, row, on: connection)
            }
            if result.isConcerned { try CampaignTouch.touch([row.key], on: connection) }
            if result.takenBack + result.stranded + result.waiting > 0 {
                try CampaignRecord.write(
                    CampaignRecord(
                        task: row.key, name: "recover", isCommand: true, actor: actor,
                        comment: comment), of: campaign.key, on: connection)
            }
            return result
        }
    }

    /// Lets the jobs of orders wait again that a silent runner had or that failed there.
    private func takeStranded(
        _ task: Int, _ running: inout Int, on connection: isolated Connection
    ) throws -> Int {
        let rows = try connection.query(CampaignSQL.stranded, [task], sdc.text)
        for row in rows {
            let order = try StoredOrder.lock(ID(row.decode("id")), on: connection)
            // Only what is allocated may be withdrawn; each step is legal.
            var steps: [String] = order.state == .executing ? ["ABORTED"] : []
            if order.state == .executing { running -= 1 }
            steps += ["ALLOCATED", "WITHDRAWN"]
            for state in steps {
                try connection.query(
                    "UPDATE sgs.processing_order SET state = $2 WHERE processing_order = $1",
                    order.key, state)
            }
            try OrderEvent.record(.withdraw, of: order, by: actor, comment, on: connection)
            try connection.query(
                """
                UPDATE sgs.campaign_job SET state = 'pending', avoid = $3, reason = NULL,
                    is_scout = false
                WHERE campaign_task = $1 AND item = $2
                """, task, order.item, sdc.text)
        }
        return rows.count
    }

    /// Jobs that wait are not placed there; those that avoid another SDC already are left.
    private func avoid(_ task: Int, on connection: isolated Connection) throws -> Int {
        try connection.query(
            """
            UPDATE sgs.campaign_job j SET avoid = $2
            WHERE j.campaign_task = $1 AND j.state = 'pending' AND j.avoid IS NULL
                AND $2 = ANY (coalesce((
                    SELECT ARRAY[a.primary_sdc, a.secondary_sdc] FROM sgs.assignment a
                    WHERE a.item = j.item AND a.is_current
                    ORDER BY lower(a.validity) DESC LIMIT 1
                ), ARRAY[$2]))
            """, task, sdc.text
        ).affected
    }

    private func give(
        _ command: TaskCommand, to task: StoredCampaign.Task, _ row: TaskRow,
        on connection: isolated Connection
    ) throws {
        let after = try task.vector.after(command)
        try connection.query(
            """
            UPDATE sgs.campaign_task
            SET state = $2, interrupted = $3, released = $4, cut_short = $5
            WHERE campaign_task = $1
            """, row.key, after.state.rawValue, after.interrupted?.rawValue, after.isReleased,
            after.isCutShort)
        try CampaignRecord.write(
            CampaignRecord(
                task: row.key, name: command.rawValue, isCommand: true,
                from: task.state.rawValue, to: after.state.rawValue, actor: actor,
                comment: comment), of: campaign.key, on: connection)
    }
}
