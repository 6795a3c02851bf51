public import Campaigns
import Documents
public import GroundSegment
public import PostgreSQL

/// The campaigns of the catalogue.
public struct CampaignStore: Sendable {
    let connection: Connection
    /// Orders of a campaign besides the daily processing that may wait or run at once.
    let mostLive: Int

    /// - Parameter mostLive: orders of a campaign besides the daily processing that may wait or
    ///   run at once, at least 1.
    public init(_ connection: Connection, mostLive: Int = 1_000_000) {
        self.connection = connection
        self.mostLive = max(1, mostLive)
    }

    /// The daily processing of a survey: what its publications make orders for.
    public static let daily: ID<Campaign> = "daily"

    /// Writes a campaign down; nothing begins before it is approved.
    ///
    /// - Throws: `CatalogueError` of code `illegalChange` where the survey has one of its name;
    ///   `PostgreSQLError`.
    public func add(
        _ campaign: Campaign, survey: ID<SurveyPlan>, by author: String
    ) async throws {
        try await connection.transaction { connection in
            let rows = try connection.query(
                """
                INSERT INTO sgs.campaign (survey, name, title, share, priority, document, author)
                VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)
                ON CONFLICT ON CONSTRAINT campaign_once DO NOTHING RETURNING campaign
                """, survey.text, campaign.id.text, campaign.title, campaign.share,
                campaign.priority, campaign.document.encoded, author)
            guard let row = rows.first else {
                throw CatalogueError(
                    .illegalChange, "survey \(survey) has a campaign \(campaign.id) already")
            }
            let key = try row.decode("campaign", as: Int.self)
            try Self.insert(campaign.graph, of: key, on: connection)
            try CampaignRecord.write(
                CampaignRecord(name: "add", isCommand: true, actor: author), of: key,
                on: connection)
        }
    }

    private static func insert(
        _ graph: CampaignGraph, of campaign: Int, on connection: isolated Connection
    ) throws {
        var keys: [CampaignGraph.Node: Int] = [:]
        for (place, task) in graph.tasks.enumerated() {
            let rows = try connection.query(
                """
                INSERT INTO sgs.campaign_task (campaign, place, name, pipeline)
                VALUES ($1, $2, $3, $4) RETURNING campaign_task
                """, campaign, place + 1, task.id.text, task.pipeline)
            keys[.task(task.id)] = try rows[0].decode("campaign_task", as: Int.self)
        }
        for edge in graph.edges {
            let (producer, consumer) = (keys[edge.from], keys[edge.to])
            try connection.query(
                """
                INSERT INTO sgs.campaign_edge (
                    campaign, data_set, producer, consumer, output_state, input_state)
                VALUES ($1, $2, $3, $4, $5, $6)
                """, campaign, edge.data.text, producer, consumer,
                producer == nil ? nil : OutputState.defined.rawValue,
                consumer == nil ? nil : InputState.defined.rawValue)
        }
    }

    /// The campaigns of a survey, or of all, by survey and name.
    ///
    /// - Throws: `CatalogueError` of code `otherSchema` where one cannot be read;
    ///   `PostgreSQLError`.
    public func all(survey: ID<SurveyPlan>? = nil) async throws -> [StoredCampaign] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            var known: CampaignRows.Known = [:]
            return try CampaignRows.campaigns(survey: survey, known: &known, on: connection)
                .map(\.stored)
        }
    }

    /// One campaign, as it is at an instant: the server's present where `clock` is `nil`.
    ///
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func campaign(
        _ name: ID<Campaign>, survey: ID<SurveyPlan>, clock: MJD? = nil
    ) async throws -> StoredCampaign {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            try CampaignRows.campaign(
                name, survey: survey, clock: Self.instant(clock, on: connection), isWhole: true,
                on: connection
            ).stored
        }
    }

    /// How often each rule has fired, by its name; those that never did are missing.
    ///
    /// - Parameters:
    ///   - name: only in this campaign of the survey.
    ///   - survey: only in its campaigns.
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func firings(
        of name: ID<Campaign>? = nil, survey: ID<SurveyPlan>? = nil
    ) async throws -> [String: Int] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            if let name, let survey { _ = try Self.key(name, survey, on: connection) }
            let rows = try connection.query(
                """
                SELECT e.event, count(*) AS n
                FROM sgs.campaign c JOIN sgs.campaign_event e USING (campaign)
                WHERE NOT e.is_command AND ($1::text IS NULL OR c.survey = $1)
                    AND ($2::text IS NULL OR c.name = $2)
                GROUP BY 1
                """, survey?.text, name?.text)
            return try Dictionary(
                rows.map { (try $0.decode("event"), try $0.decode("n")) },
                uniquingKeysWith: { one, _ in one })
        }
    }

    /// What happened to a campaign, newest first.
    ///
    /// - Parameter limit: the most.
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func events(
        of name: ID<Campaign>, survey: ID<SurveyPlan>, limit: Int
    ) async throws -> [CampaignEvent] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let key = try Self.key(name, survey, on: connection)
            return try connection.query(
                """
                SELECT t.name AS task, e.data_set, e.event, e.is_command, e.from_state, e.to_state,
                    e.actor, e.comment, extract(epoch FROM e.occurred_at) AS occurred_at
                FROM sgs.campaign_event e
                LEFT JOIN sgs.campaign_task t USING (campaign_task)
                WHERE e.campaign = $1 ORDER BY e.campaign_event DESC LIMIT $2
                """, key, limit
            ).map { row in
                CampaignEvent(
                    task: try row.decode("task", as: String?.self).map { ID($0) },
                    data: try row.decode("data_set", as: String?.self).map { ID($0) },
                    name: try row.decode("event"), isCommand: try row.decode("is_command"),
                    from: try row.decode("from_state"), to: try row.decode("to_state"),
                    actor: try row.decode("actor"), comment: try row.decode("comment"),
                    instant: MJD(posixSeconds: try row.decode("occurred_at")))
            }
        }
    }
}

/// An event as it is written down.
struct CampaignRecord {
    var task: Int?
    var data: ID<DataSet>?
    let name: String
    let isCommand: Bool
    var from: String?
    var to: String?
    let actor: String
    var comment = ""

    static func write(
        _ record: CampaignRecord, of campaign: Int, on connection: isolated Connection
    ) throws {
        try connection.query(
            """
            INSERT INTO sgs.campaign_event (
                campaign, campaign_task, data_set, event, is_command, from_state, to_state, actor,
                comment)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, campaign, record.task, record.data?.text, record.name, record.isCommand,
            record.from, record.to, record.actor, record.comment)
    }
}
