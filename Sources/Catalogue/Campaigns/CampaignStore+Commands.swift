public import Campaigns
public import GroundSegment
import PostgreSQL

extension CampaignStore {
    /// Gives a task a command, and does to its orders what it means: `kill` withdraws those that
    /// no runner has and asks the runners to stop the others, `finish` withdraws only, `retry`
    /// allocates lost ones again, `reassign` moves what is not running to the other SDC of its
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
            let orders = TaskOrders(
                task: found.taskKeys[place], actor: actor,
                comment: comment.isEmpty ? "\(command.rawValue) of \(before.key)" : comment,
                isDryRun: isDryRun)
            try orders.carryOut(command, &change, on: connection)
            guard !isDryRun else { return change }
            try connection.query(
                """
                UPDATE sgs.campaign_task
                SET state = $2, interrupted = $3, released = $4, cut_short = $5
                WHERE campaign_task = $1
                """, found.taskKeys[place], after.state.rawValue, after.interrupted?.rawValue,
                after.isReleased, after.isCutShort)
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
    let actor: String
    let comment: String
    let isDryRun: Bool

    func carryOut(
        _ command: TaskCommand, _ change: inout TaskChange, on connection: isolated Connection
    ) throws {
        switch command {
        case .kill:
            change.withdrawn = try each(.allocated, .withdraw, on: connection)
            change.stopped = try askToStop(on: connection)
        case .finish: change.withdrawn = try each(.allocated, .withdraw, on: connection)
        case .retry:
            change.retried =
                try each(.error, .retry, on: connection)
                + each(.aborted, .retry, on: connection)
        case .reassign: change.moved = try move(on: connection)
        case .incexec, .pause, .resume, .avalanche, .release: break
        }
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

    private func move(on connection: isolated Connection) throws -> Int {
        let ids = try orders(.allocated, on: connection)
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

    private func orders(
        _ state: OrderState, on connection: isolated Connection
    ) throws -> [ID<ProcessingOrder>] {
        try connection.query(
            """
            SELECT id FROM sgs.processing_order WHERE campaign_task = $1 AND state = $2 ORDER BY id
            """, task, state.rawValue
        ).map { ID(try $0.decode("id")) }
    }

    /// Tells the runners of all SDCs that have orders of the task.
    private func tell(on connection: isolated Connection) throws {
        for row in try connection.query(
            "SELECT DISTINCT sdc FROM sgs.processing_order WHERE campaign_task = $1", task)
        {
            try OrderChannel.notify(ID(row.decode("sdc")), on: connection)
        }
    }
}
