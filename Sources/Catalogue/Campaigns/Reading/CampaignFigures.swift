public import Campaigns
public import GroundSegment
import PostgreSQL

/// How many jobs of a task are in a state at an SDC.
public struct TaskCount: Hashable, Sendable {
    public let task: ID<CampaignTask>
    /// `nil` for jobs without an order.
    public let sdc: ID<SDC>?
    /// That of the order, in lower case; `pending` or `lost` for jobs without one.
    public let state: String
    public let jobs: Int
}

/// A job that failed.
public struct JobError: Hashable, Sendable {
    public let task: ID<CampaignTask>
    public let order: ID<ProcessingOrder>
    public let item: ItemID
    public let sdc: ID<SDC>
    public let state: OrderState
    /// How often a runner took its order.
    public let attempts: Int
    /// The runner's words.
    public let message: String
    /// Why it was given up; `nil` where it is not.
    public let verdict: String?
    public let instant: MJD
}

/// Jobs of a campaign that ended on a day.
public struct CampaignDay: Hashable, Sendable {
    /// Its midnight, UTC.
    public let day: MJD
    public let finished: Int
    /// Attempts without success.
    public let failed: Int
    public let work: CoreHours
}

/// What a task has cost so far, and what is left of it.
public struct TaskCost: Hashable, Sendable {
    public let task: ID<CampaignTask>
    /// Core-hours of all attempts, those without success, and processor time.
    public let used: CoreHours
    public let lost: CoreHours
    public let busy: CoreHours
    public let attempts: Int
    /// Jobs that have not ended, and what they will take; `nil` where nothing was measured.
    public let remaining: Int
    public let expected: CoreHours?
    /// Of the products, each counted once, and of what was copied and replicated of them.
    public let bytes: Int
    public let moved: Int
}

extension CampaignStore {
    /// The jobs of a campaign by task, SDC and state.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func counts(
        of name: ID<Campaign>, survey: ID<SurveyPlan>
    ) async throws -> [TaskCount] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let key = try Self.key(name, survey, on: connection)
            return try connection.query(CampaignSQL.counts, key).map { row in
                TaskCount(
                    task: ID(try row.decode("task")),
                    sdc: try row.decode("sdc", as: String?.self).map { ID($0) },
                    state: try row.decode("state", as: String.self).lowercased(),
                    jobs: try row.decode("n"))
            }
        }
    }

    /// The jobs of a campaign that failed, the newest first.
    ///
    /// - Parameters:
    ///   - task: only its jobs.
    ///   - limit: the most.
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func errors(
        of name: ID<Campaign>, task: ID<CampaignTask>? = nil, survey: ID<SurveyPlan>, limit: Int
    ) async throws -> [JobError] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let key = try Self.key(name, survey, on: connection)
            return try connection.query(CampaignSQL.errors, key, task?.text, limit).map { row in
                let isLost = try row.decode("job_state", as: String?.self) == "lost"
                return JobError(
                    task: ID(try row.decode("task")), order: ID(try row.decode("order_id")),
                    item: try ItemID(row: row), sdc: ID(try row.decode("sdc")),
                    state: try OrderState(row: row), attempts: try row.decode("attempts"),
                    message: try row.decode("message"),
                    verdict: isLost ? try row.decode("reason", as: String?.self) : nil,
                    instant: MJD(posixSeconds: try row.decode("instant")))
            }
        }
    }

    /// What a campaign did on each day on which something of it ended, by time.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func days(
        of name: ID<Campaign>, survey: ID<SurveyPlan>
    ) async throws -> [CampaignDay] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let key = try Self.key(name, survey, on: connection)
            return try connection.query(CampaignSQL.progress, key).map { row in
                CampaignDay(
                    day: MJD(posixSeconds: try row.decode("day")),
                    finished: try row.decode("finished"), failed: try row.decode("failed"),
                    work: CoreHours(try row.decode("work")))
            }
        }
    }

    /// When a campaign will be done; `nil` where nothing remains or nothing has ended lately.
    ///
    /// - Parameters:
    ///   - found: as it is at `clock`.
    ///   - clock: from when on the rest is done; the server's present where it is `nil`.
    /// - Throws: as `days` does.
    public func forecast(
        of found: StoredCampaign, clock: MJD? = nil
    ) async throws -> CampaignForecast? {
        let now = try await connection.transaction { try Self.instant(clock, on: $0) }
        let days = try await days(of: found.campaign.id, survey: found.survey)
        guard let first = days.first?.day else { return nil }
        // Whole days up to the present one, which is not over.
        let length = max(1, Int((now - first).rounded(.down)))
        var ended = [Int](repeating: 0, count: length)
        for day in days {
            let place = Int((day.day - first).rounded())
            if place < length { ended[place] = day.finished }
        }
        return CampaignForecast(ended: ended, remaining: found.left, now: now)
    }

    /// What a campaign has cost so far, by task in its order.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func cost(
        of name: ID<Campaign>, survey: ID<SurveyPlan>
    ) async throws -> [TaskCost] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let found = try CampaignRows.campaign(name, survey: survey, on: connection)
            let rows = try connection.query(CampaignSQL.cost, found.key)
            return try rows.map { row in
                let name: ID<CampaignTask> = ID(try row.decode("task"))
                let task = found.stored[name]
                let remaining = try task?.left ?? found.leftOfStep(row.decode("campaign_task"))
                return TaskCost(
                    task: name, used: CoreHours(try row.decode("used")),
                    lost: CoreHours(try row.decode("lost")),
                    busy: CoreHours(try row.decode("busy")), attempts: try row.decode("attempts"),
                    remaining: remaining,
                    expected: task?.jobWork.map { $0 * Double(remaining) },
                    bytes: try row.decode("bytes"), moved: try row.decode("moved"))
            }
        }
    }

    static func key(
        _ name: ID<Campaign>, _ survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> Int {
        let rows = try connection.query(
            "SELECT campaign FROM sgs.campaign WHERE survey = $1 AND name = $2", survey.text,
            name.text)
        guard let row = rows.first else {
            throw CatalogueError(.unknownItem, "survey \(survey) has no campaign \(name)")
        }
        return try row.decode("campaign")
    }
}
