public import Campaigns
public import GroundSegment
import PostgreSQL

/// A campaign among others: how many of its tasks and jobs are how far.
public struct CampaignSummary: Hashable, Sendable {
    public let id: ID<Campaign>
    public let survey: ID<SurveyPlan>
    public let title: String
    /// Of the core-hours where several campaigns wait, as a weight above 0.
    public let share: Double
    public let priority: Int
    /// When its tasks were let begin; `nil` before.
    public let approvedAt: MJD?
    public let author: String
    public let createdAt: MJD
    /// Its tasks by state; states without any are missing.
    public let tasks: [TaskState: Int]
    /// Its jobs that are processing orders, by state; states without any are missing.
    public let jobs: [OrderState: Int]

    /// Tasks that an operator has to do something for.
    public var held: Int {
        tasks.reduce(0) { $0 + ($1.key.standing == .held ? $1.value : 0) }
    }

    /// Jobs that failed or were stopped.
    public var failed: Int { (jobs[.error] ?? 0) + (jobs[.aborted] ?? 0) }

    /// Whether an operator has to do something.
    public var needsSomebody: Bool { failed > 0 || held > 0 }
}

extension CampaignStore {
    /// The campaigns of a survey, or of all, by survey and name, without their tasks.
    ///
    /// - Throws: `CatalogueError` of code `otherSchema` where a state is unknown; `PostgreSQLError`.
    public func summaries(survey: ID<SurveyPlan>? = nil) async throws -> [CampaignSummary] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            var tasks: [Int: [TaskState: Int]] = [:]
            for row in try connection.query(CampaignSQL.taskStates, survey?.text) {
                guard let state = try word(row, "state", TaskState.self) else { continue }
                tasks[try row.decode("campaign"), default: [:]][state] = try row.decode("n")
            }
            var jobs: [Int: [OrderState: Int]] = [:]
            for row in try connection.query(CampaignSQL.jobStates, survey?.text) {
                jobs[try row.decode("campaign"), default: [:]][try OrderState(row: row)] =
                    try row.decode("n")
            }
            return try connection.query(
                """
                SELECT campaign, survey, name, title, share, priority, author,
                    extract(epoch FROM approved_at) AS approved_at,
                    extract(epoch FROM created_at) AS created_at
                FROM sgs.campaign WHERE $1::text IS NULL OR survey = $1
                ORDER BY survey COLLATE "C", name COLLATE "C"
                """, survey?.text
            ).map { row in
                let key = try row.decode("campaign", as: Int.self)
                return CampaignSummary(
                    id: ID(try row.decode("name")), survey: ID(try row.decode("survey")),
                    title: try row.decode("title"), share: try row.decode("share"),
                    priority: try row.decode("priority"),
                    approvedAt: try row.decode("approved_at", as: Double?.self).map {
                        MJD(posixSeconds: $0)
                    },
                    author: try row.decode("author"),
                    createdAt: MJD(posixSeconds: try row.decode("created_at")),
                    tasks: tasks[key] ?? [:], jobs: jobs[key] ?? [:])
            }
        }
    }
}
