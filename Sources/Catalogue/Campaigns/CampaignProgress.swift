public import Campaigns
public import GroundSegment
import PostgreSQL

/// How far a campaign's jobs are: by task and SDC, by week, and which failed.
public struct CampaignProgress: Hashable, Sendable {
    /// The jobs of a task at an SDC.
    public struct Line: Hashable, Sendable {
        public let task: ID<CampaignTask>
        public let sdc: ID<SDC>
        /// By state; states without any are missing.
        public let jobs: [OrderState: Int]
    }

    /// A week: what it was to bring and what it did.
    public struct Week: Hashable, Sendable {
        /// A Monday's midnight, UTC.
        public let start: MJD
        /// Jobs whose release lies in it.
        public let released: Int
        /// Jobs that completed in it.
        public let completed: Int
    }

    /// A job that failed or was stopped.
    public struct Failure: Hashable, Sendable {
        public let order: ID<ProcessingOrder>
        public let task: ID<CampaignTask>
        public let item: ItemID
        public let sdc: ID<SDC>
        public let state: OrderState
        /// What its last report says; may be empty.
        public let message: String
    }

    /// By task in the campaign's order, then by SDC.
    public let lines: [Line]
    /// Those in which something was released or completed.
    public let weeks: [Week]
    /// Jobs that completed on each of the last days, the last one first; from the day of the first
    /// one on, 14 days at most.
    public let days: [Int]
    /// The last ones, at most `mostFailures`.
    public let failures: [Failure]

    /// How many failures are told one by one.
    public static let mostFailures = 50
    private static let mostDays = 14

    /// Jobs that have not completed and are not withdrawn, and those of them that are not stuck.
    public var left: Int {
        lines.reduce(0) { sum, line in
            sum + (line.jobs[.allocated] ?? 0) + (line.jobs[.executing] ?? 0)
        }
    }

    /// When what is left will have ended; `nil` where that cannot be told.
    public func forecast(at now: MJD) -> EndForecast? {
        EndForecast(left: left, ended: days, now: now)
    }
}

extension CampaignStore {
    /// How far the jobs of a campaign are.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func progress(
        of name: ID<Campaign>, survey: ID<SurveyPlan>, at now: MJD
    ) async throws -> CampaignProgress {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let rows = try connection.query(
                """
                SELECT t.campaign_task FROM sgs.campaign c JOIN sgs.campaign_task t USING (campaign)
                WHERE c.survey = $1 AND c.name = $2 ORDER BY t.place
                """, survey.text, name.text)
            guard !rows.isEmpty else {
                throw CatalogueError(.unknownItem, "survey \(survey) has no campaign \(name)")
            }
            let tasks = try rows.map { try $0.decode("campaign_task", as: Int.self) }
            return CampaignProgress(
                lines: try CampaignProgress.lines(of: tasks, on: connection),
                weeks: try CampaignProgress.weeks(of: tasks, on: connection),
                days: try CampaignProgress.days(of: tasks, at: now, on: connection),
                failures: try CampaignProgress.failures(of: tasks, on: connection))
        }
    }
}

extension CampaignProgress {
    fileprivate static func lines(
        of tasks: [Int], on connection: isolated Connection
    ) throws -> [Line] {
        var lines: [Line] = []
        for row in try connection.query(
            """
            SELECT t.name AS task, o.sdc, o.state, count(*) AS n
            FROM sgs.processing_order o JOIN sgs.campaign_task t USING (campaign_task)
            WHERE o.campaign_task = ANY ($1)
            GROUP BY t.place, t.name, o.sdc, o.state ORDER BY t.place, o.sdc COLLATE "C"
            """, tasks)
        {
            let task = ID<CampaignTask>(try row.decode("task"))
            let sdc = ID<SDC>(try row.decode("sdc"))
            var jobs: [OrderState: Int] = [:]
            if let last = lines.last, last.task == task, last.sdc == sdc {
                jobs = last.jobs
                lines.removeLast()
            }
            jobs[try OrderState(row: row)] = try row.decode("n", as: Int.self)
            lines.append(Line(task: task, sdc: sdc, jobs: jobs))
        }
        return lines
    }

    fileprivate static func weeks(
        of tasks: [Int], on connection: isolated Connection
    ) throws -> [Week] {
        try connection.query(
            """
            WITH told AS (
                SELECT o.release AS at, 1 AS released, 0 AS completed
                FROM sgs.processing_order o
                WHERE o.campaign_task = ANY ($1) AND o.state <> 'WITHDRAWN'
                UNION ALL
                SELECT r.ended_at, 0, 1
                FROM sgs.processing_order o JOIN sgs.order_report r USING (processing_order)
                WHERE o.campaign_task = ANY ($1) AND o.state = 'COMPLETED'
                    AND r.event = 'complete' AND r.taken = o.taken
            )
            SELECT extract(epoch FROM date_trunc('week', at AT TIME ZONE 'UTC')) AS week,
                sum(released)::bigint AS released, sum(completed)::bigint AS completed
            FROM told GROUP BY 1 ORDER BY 1
            """, tasks
        ).map { row in
            Week(
                start: MJD(posixSeconds: try row.decode("week")),
                released: try row.decode("released"), completed: try row.decode("completed"))
        }
    }

    fileprivate static func days(
        of tasks: [Int], at now: MJD, on connection: isolated Connection
    ) throws -> [Int] {
        var days: [Int] = []
        for row in try connection.query(
            """
            SELECT floor(($2 - extract(epoch FROM r.ended_at)) / 86400)::bigint AS day,
                count(*) AS n
            FROM sgs.processing_order o JOIN sgs.order_report r USING (processing_order)
            WHERE o.campaign_task = ANY ($1) AND o.state = 'COMPLETED' AND r.event = 'complete'
                AND r.taken = o.taken AND r.ended_at <= to_timestamp($2)
                AND r.ended_at > to_timestamp($2 - 86400.0 * $3)
            GROUP BY 1 ORDER BY 1
            """, tasks, now.posixSeconds, mostDays)
        {
            let day: Int = try row.decode("day")
            guard day < mostDays else { continue }
            while days.count < day { days.append(0) }
            days.append(try row.decode("n"))
        }
        return days
    }

    fileprivate static func failures(
        of tasks: [Int], on connection: isolated Connection
    ) throws -> [Failure] {
        try connection.query(
            """
            SELECT o.id AS order_id, t.name AS task, i.kind, i.id, o.sdc, o.state,
                coalesce(r.message, '') AS message
            FROM sgs.processing_order o
            JOIN sgs.campaign_task t USING (campaign_task)
            JOIN sgs.item i ON i.item = o.item
            LEFT JOIN sgs.order_report r
                ON r.processing_order = o.processing_order AND r.taken = o.taken
            WHERE o.campaign_task = ANY ($1) AND o.state IN ('ERROR', 'ABORTED')
            ORDER BY o.taken_at DESC NULLS LAST, o.processing_order LIMIT $2
            """, tasks, mostFailures
        ).map { row in
            Failure(
                order: ID(try row.decode("order_id")), task: ID(try row.decode("task")),
                item: try ItemID(row: row), sdc: ID(try row.decode("sdc")),
                state: try OrderState(row: row), message: try row.decode("message"))
        }
    }
}
