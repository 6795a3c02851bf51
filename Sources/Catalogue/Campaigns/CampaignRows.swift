import Campaigns
import GroundSegment
import PostgreSQL

/// Reads campaigns with the keys of their rows.
enum CampaignRows {
    /// A campaign with its keys.
    struct Found {
        let key: Int
        let stored: StoredCampaign
        /// Of the tasks, in their order.
        let taskKeys: [Int]
    }

    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    static func campaign(
        _ name: ID<Campaign>, survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> Found {
        guard let found = try campaigns(survey: survey, name: name, on: connection).first else {
            throw CatalogueError(.unknownItem, "survey \(survey) has no campaign \(name)")
        }
        return found
    }

    /// By survey and name.
    ///
    /// - Throws: `CatalogueError` of code `otherSchema`; `PostgreSQLError`.
    static func campaigns(
        survey: ID<SurveyPlan>?, name: ID<Campaign>? = nil, on connection: isolated Connection
    ) throws -> [Found] {
        let rows = try connection.query(
            """
            SELECT campaign, survey, name, document::text AS document, author,
                extract(epoch FROM approved_at) AS approved_at,
                extract(epoch FROM created_at) AS created_at
            FROM sgs.campaign
            WHERE ($1::text IS NULL OR survey = $1) AND ($2::text IS NULL OR name = $2)
            ORDER BY survey COLLATE "C", name COLLATE "C"
            """, survey?.text, name?.text)
        let keys = try rows.map { try $0.decode("campaign", as: Int.self) }
        let tasks = try tasks(of: keys, on: connection)
        let edges = try edges(of: keys, on: connection)
        let jobs = try jobs(of: tasks.values.flatMap { $0.map(\.key) }, on: connection)
        return try rows.map { row in
            let key = try row.decode("campaign", as: Int.self)
            let campaign = try read(
                row.decode("document"), name: row.decode("name", as: String.self))
            let approved = try row.decode("approved_at", as: Double?.self)
            let own = tasks[key] ?? []
            let stored = StoredCampaign(
                campaign: campaign, survey: ID(try row.decode("survey")),
                approvedAt: approved.map { MJD(posixSeconds: $0) },
                author: try row.decode("author"),
                createdAt: MJD(posixSeconds: try row.decode("created_at")),
                tasks: own.compactMap { task in
                    campaign.graph[ID(task.name)].map { node in
                        TaskReading(
                            node: node, row: task, edges: edges[key] ?? [], jobs: jobs,
                            tasks: own, graph: campaign.graph
                        ).task(of: campaign.id, isApproved: approved != nil)
                    }
                })
            return Found(key: key, stored: stored, taskKeys: own.map(\.key))
        }
    }

    private static func read(_ document: String, name: String) throws -> Campaign {
        do throws(CampaignError) {
            return try CampaignFile.read(name, in: CampaignFolders(texts: [name: document]))
        } catch {
            throw CatalogueError(.otherSchema, "campaign \(name) cannot be read: \(error)")
        }
    }

    private static func tasks(
        of campaigns: [Int], on connection: isolated Connection
    ) throws -> [Int: [TaskRow]] {
        var tasks: [Int: [TaskRow]] = [:]
        for row in try connection.query(
            """
            SELECT campaign, campaign_task, name, state, interrupted, released, cut_short,
                extract(epoch FROM changed_at) AS changed_at
            FROM sgs.campaign_task WHERE campaign = ANY ($1) ORDER BY campaign, place
            """, campaigns)
        {
            tasks[try row.decode("campaign"), default: []].append(try TaskRow(row))
        }
        return tasks
    }

    private static func edges(
        of campaigns: [Int], on connection: isolated Connection
    ) throws -> [Int: [EdgeRow]] {
        var edges: [Int: [EdgeRow]] = [:]
        for row in try connection.query(
            """
            SELECT campaign, data_set, producer, consumer, output_state, input_state
            FROM sgs.campaign_edge WHERE campaign = ANY ($1)
            """, campaigns)
        {
            edges[try row.decode("campaign"), default: []].append(try EdgeRow(row))
        }
        return edges
    }

    private static func jobs(
        of tasks: [Int], on connection: isolated Connection
    ) throws -> [Int: JobStates] {
        var jobs: [Int: JobStates] = [:]
        for row in try connection.query(
            """
            SELECT campaign_task, state, count(*) AS n, count(*) FILTER (WHERE taken > 0) AS taken
            FROM sgs.processing_order
            WHERE campaign_task = ANY ($1) AND state <> 'WITHDRAWN'
            GROUP BY campaign_task, state
            """, tasks)
        {
            let key = try row.decode("campaign_task", as: Int.self)
            jobs[key, default: JobStates()].states[try OrderState(row: row)] =
                try row.decode("n", as: Int.self)
            jobs[key, default: JobStates()].taken += try row.decode("taken", as: Int.self)
        }
        return jobs
    }
}

/// A row of sgs.campaign_task.
struct TaskRow {
    let key: Int
    let name: String
    let state: TaskState
    let interrupted: TaskState?
    let isReleased: Bool
    let isCutShort: Bool
    let changedAt: MJD

    init(_ row: Row) throws {
        key = try row.decode("campaign_task")
        name = try row.decode("name")
        state = try word(row, "state", TaskState.self) ?? .registered
        interrupted = try word(row, "interrupted", TaskState.self)
        isReleased = try row.decode("released")
        isCutShort = try row.decode("cut_short")
        changedAt = MJD(posixSeconds: try row.decode("changed_at"))
    }
}

/// A row of sgs.campaign_edge.
struct EdgeRow {
    let data: String
    let producer: Int?
    let consumer: Int?
    let output: OutputState?
    let input: InputState?

    init(_ row: Row) throws {
        data = try row.decode("data_set")
        producer = try row.decode("producer")
        consumer = try row.decode("consumer")
        output = try word(row, "output_state", OutputState.self)
        input = try word(row, "input_state", InputState.self)
    }
}

/// How far the orders of a task are.
struct JobStates {
    var states: [OrderState: Int] = [:]
    /// Those that a runner has taken.
    var taken = 0

    func count(_ states: OrderState...) -> Int {
        states.reduce(0) { $0 + (self.states[$1] ?? 0) }
    }

    var all: Int { states.values.reduce(0, +) }
}

/// - Throws: `CatalogueError` of code `otherSchema` where the column has another word.
private func word<Word: RawRepresentable<String>>(
    _ row: Row, _ column: String, _: Word.Type
) throws -> Word? {
    guard let text = try row.decode(column, as: String?.self) else { return nil }
    guard let word = Word(rawValue: text) else {
        throw CatalogueError(.otherSchema, "a campaign has the unknown \(column) \(text)")
    }
    return word
}
