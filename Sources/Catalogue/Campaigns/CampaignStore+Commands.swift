public import Campaigns
public import GroundSegment
import PostgreSQL

extension CampaignStore {
    /// Gives a task a command, and does to its orders what it means: `kill` withdraws those that
    /// no runner has and asks the runners to stop the others, `finish` withdraws only, `retry`
    /// allocates lost ones again and lets lost jobs wait again, `reassign` moves what is not running to the other SDC of its
    /// item.
    ///
    /// - Parameter isDryRun: only tells what would be done.
    /// - Throws: `RefusedCommand` where the task's state does not allow it; `CatalogueError` of
    ///   code `unknownItem`; `PostgreSQLError`.
    public func give(
        _ command: TaskCommand, to task: ID<CampaignTask>, of name: ID<Campaign>,
        survey: ID<SurveyPlan>, by actor: String, because comment: String,
        isDryRun: Bool = false
    ) async throws -> TaskChange {
        try await connection.transaction { connection in
            try connection.query("SELECT pg_advisory_xact_lock(hashtext('sgs.sweep'))")
            let found = try CampaignRows.campaign(name, survey: survey, on: connection)
            guard let place = found.stored.tasks.firstIndex(where: { $0.id == task }) else {
                throw CatalogueError(.unknownItem, "campaign \(name) has no task \(task)")
            }
            let before = found.stored.tasks[place].vector
            let after = try before.after(command)
            var change = TaskChange(
                key: before.key, command: command, from: before.state, to: after.state)
            for key in [found.taskKeys[place]] + found.steps.keys(of: found.taskKeys[place]) {
                let orders = TaskOrders(
                    task: key, isDaily: found.isDaily, actor: actor,
                    comment: comment.isEmpty ? "\(command.rawValue) of \(before.key)" : comment,
                    isDryRun: isDryRun)
                try orders.carryOut(command, &change, on: connection)
            }
            guard !isDryRun else { return change }
            try connection.query(
                """
                UPDATE sgs.campaign_task
                SET state = $2, interrupted = $3, released = $4, cut_short = $5
                WHERE campaign_task = $1
                """, found.taskKeys[place], after.state.rawValue, after.interrupted?.rawValue,
                after.isReleased, after.isCutShort)
            if !found.isDaily { try CampaignTouch.touch([found.taskKeys[place]], on: connection) }
            try CampaignRecord.write(
                CampaignRecord(
                    task: found.taskKeys[place], name: command.rawValue, isCommand: true,
                    from: before.state.rawValue, to: after.state.rawValue, actor: actor,
                    comment: comment), of: found.key, on: connection)
            return change
        }
    }
}

/// The orders of a task, as a command changes them.
struct TaskOrders {
    let task: Int
    /// Whether it is of the daily processing, which has no jobs but its orders.
    let isDaily: Bool
    let actor: String
    let comment: String
    let isDryRun: Bool

    func carryOut(
        _ command: TaskCommand, _ change: inout TaskChange, on connection: isolated Connection
    ) throws {
        switch command {
        case .kill:
            change.withdrawn += try each(.allocated, .withdraw, on: connection)
            change.stopped += try askToStop(on: connection)
        case .finish: change.withdrawn += try each(.allocated, .withdraw, on: connection)
        case .incexec where isDaily: break
        case .retry, .incexec:
            change.retried +=
                try each(.error, .retry, on: connection)
                + each(.aborted, .retry, on: connection) + reopen(on: connection)
        case .reassign:
            change.moved += try isDaily ? move(on: connection) : takeBack(on: connection)
        case .avalanche:
            guard !isDryRun else { return }
            try connection.query(
                "UPDATE sgs.campaign_task SET scouts_off = true WHERE campaign_task = $1", task)
        case .pause, .resume, .release: break
        }
    }

    /// Lets lost jobs without an order wait again.
    private func reopen(on connection: isolated Connection) throws -> Int {
        let lost = """
            j.campaign_task = $1 AND j.state IN ('lost', 'closed') AND NOT EXISTS (
                SELECT FROM sgs.processing_order o
                WHERE o.item = j.item AND o.lane = j.campaign_task AND o.state <> 'WITHDRAWN')
            """
        guard !isDryRun else {
            return try connection.query(
                "SELECT count(*) AS n FROM sgs.campaign_job j WHERE \(lost)", task)[0].decode("n")
        }
        return try connection.query(
            """
            UPDATE sgs.campaign_job j
            SET state = 'pending', avoid = NULL, reason = NULL, is_scout = false
            WHERE \(lost)
            """, task
        ).affected
    }

    /// Withdraws the orders that no runner has, so that their jobs are placed again: not where they
    /// were.
    func takeBack(from sdc: ID<SDC>? = nil, on connection: isolated Connection) throws -> Int {
        let ids = try orders(.allocated, at: sdc, on: connection)
        guard !isDryRun else { return ids.count }
        for id in ids {
            let order = try StoredOrder.lock(id, on: connection)
            try order.change(by: .withdraw, on: connection)
            try OrderEvent.record(.withdraw, of: order, by: actor, comment, on: connection)
            try connection.query(
                """
                UPDATE sgs.campaign_job SET state = 'pending', avoid = $3, reason = NULL
                WHERE campaign_task = $1 AND item = $2
                """, task, order.item, order.sdc.text)
        }
        try tell(on: connection)
        return ids.count
    }

    /// Orders in a state, each changed by an event.
    private func each(
        _ state: OrderState, _ event: OrderState.Event, on connection: isolated Connection
    ) throws -> Int {
        let ids = try orders(state, on: connection)
        guard !isDryRun else { return ids.count }
        for id in ids {
            let order = try StoredOrder.lock(id, on: connection)
            try order.change(by: event, on: connection)
            try OrderEvent.record(
                event == .retry ? .retry : .withdraw, of: order, by: actor, comment,
                on: connection)
        }
        try tell(on: connection)
        return ids.count
    }

    private func askToStop(on connection: isolated Connection) throws -> Int {
        let ids = try orders(.executing, on: connection)
        guard !isDryRun else { return ids.count }
        for id in ids {
            let order = try StoredOrder.lock(id, on: connection)
            try OrderEvent.record(.cancel, of: order, by: actor, comment, on: connection)
        }
        try tell(on: connection)
        return ids.count
    }

    func move(from sdc: ID<SDC>? = nil, on connection: isolated Connection) throws -> Int {
        let ids = try orders(.allocated, at: sdc, on: connection)
        guard !isDryRun else { return ids.count }
        for id in ids {
            let order = try StoredOrder.lock(id, on: connection)
            try connection.query(
                """
                UPDATE sgs.processing_order
                SET sdc = replica_at, replica_at = sdc, reassigned = NOT reassigned
                WHERE processing_order = $1
                """, order.key)
            try OrderEvent.record(
                .reassign, of: order, by: actor, comment, to: order.replicaAt, on: connection)
        }
        try tell(on: connection)
        return ids.count
    }

    func orders(
        _ state: OrderState, at sdc: ID<SDC>? = nil, on connection: isolated Connection
    ) throws -> [ID<ProcessingOrder>] {
        try connection.query(
            """
            SELECT id FROM sgs.processing_order
            WHERE campaign_task = $1 AND state = $2 AND ($3::text IS NULL OR sdc = $3) ORDER BY id
            """, task, state.rawValue, sdc?.text
        ).map { ID(try $0.decode("id")) }
    }

    /// Tells the runners of all SDCs that have orders of the task.
    func tell(on connection: isolated Connection) throws {
        for row in try connection.query(
            "SELECT DISTINCT sdc FROM sgs.processing_order WHERE campaign_task = $1", task)
        {
            try OrderChannel.notify(ID(row.decode("sdc")), on: connection)
        }
    }
}
