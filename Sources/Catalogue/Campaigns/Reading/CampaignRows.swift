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
        let rows: [TaskRow]
        let steps: TaskSteps
        let tallies: [Int: JobTally]
        /// Of all tasks that are not of the daily processing.
        let inputs: [JobInput]
        /// Whether something that the tasks wait for may come from outside the campaign.
        let waitsOutside: Bool

        var taskKeys: [Int] { rows.map(\.key) }

        /// Jobs of a step that have neither ended nor been lost.
        func leftOfStep(_ key: Int) -> Int {
            tallies[key]?.count(.pending, .defined, .running, .failed) ?? 0
        }
        /// The steps of the tasks, each with the place of its task, and as a task of its own.
        var stepNodes: [(key: Int, kind: TaskStep, task: Int, node: CampaignTask)] {
            rows.indices.flatMap { place in
                TaskStep.allCases.compactMap { kind in
                    guard let key = steps[kind, of: rows[place].key],
                        let node = stored.campaign.graph[stored.tasks[place].id]?.step(kind)
                    else { return nil }
                    return (key, kind, place, node)
                }
            }
        }

        var isDaily: Bool { stored.campaign.id == CampaignStore.daily }
    }

    /// Campaigns that were read already, by their keys: documents never change.
    typealias Known = [Int: Campaign]

    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    static func campaign(
        _ name: ID<Campaign>, survey: ID<SurveyPlan>, clock: MJD? = nil, isWhole: Bool = false,
        on connection: isolated Connection
    ) throws -> Found {
        var known: Known = [:]
        guard
            let found = try campaigns(
                survey: survey, name: name, clock: clock, isWhole: isWhole, known: &known,
                on: connection
            ).first
        else {
            throw CatalogueError(.unknownItem, "survey \(survey) has no campaign \(name)")
        }
        return found
    }

    /// By survey and name.
    ///
    /// - Parameters:
    ///   - scope: only those, and of some only those tasks; all where it is `nil`.
    ///   - clock: what is released later is awaited; where `nil`, how far data from outside are is
    ///     not looked up, which only the rules ask for.
    ///   - isWhole: whether orders are counted by state though jobs are.
    /// - Throws: `CatalogueError` of code `otherSchema`; `PostgreSQLError`.
    static func campaigns(
        survey: ID<SurveyPlan>?, name: ID<Campaign>? = nil, scope: SweepScope? = nil,
        clock: MJD? = nil, isWhole: Bool = false, known: inout Known,
        on connection: isolated Connection
    ) throws -> [Found] {
        let rows = try connection.query(
            """
            SELECT campaign, survey, name, author,
                CASE WHEN campaign <> ALL ($4) THEN document::text END AS document,
                extract(epoch FROM approved_at) AS approved_at,
                extract(epoch FROM created_at) AS created_at
            FROM sgs.campaign
            WHERE ($1::text IS NULL OR survey = $1) AND ($2::text IS NULL OR name = $2)
                AND ($3::bigint[] IS NULL OR campaign = ANY ($3))
            ORDER BY survey COLLATE "C", name COLLATE "C"
            """, survey?.text, name?.text, scope.map { $0.campaigns + $0.others.keys.sorted() },
            Array(known.keys))
        let keys = try rows.map { try $0.decode("campaign", as: Int.self) }.filter {
            scope?.others[$0] == nil
        }
        let some = scope?.tasks ?? []
        let (tasks, steps) = try tasks(of: keys, some, on: connection)
        let edges = try edges(of: keys, some, on: connection)
        let all = tasks.values.flatMap { $0.map(\.key) }
        let tallies = try JobTally.all(of: all + steps.keys, on: connection)
        let counted = clock == nil || isWhole ? all : all.filter { tallies[$0] == nil }
        let jobs = try jobs(of: counted, on: connection)
        let made = try dailyProducts(on: connection)
        var found: [Found] = []
        for row in rows {
            let key = try row.decode("campaign", as: Int.self)
            let name = try row.decode("name", as: String.self)
            let campaign = try known[key] ?? read(row.decode("document"), name: name)
            known[key] = campaign
            let survey: ID<SurveyPlan> = ID(try row.decode("survey"))
            let world = CampaignWorld(
                campaign: campaign, rows: tasks[key] ?? [], steps: steps,
                edges: edges[key] ?? [], jobs: jobs, tallies: tallies, made: made[survey] ?? [],
                isActive: { scope?.isActive($0, of: key) ?? true },
                approvedAt: try row.decode("approved_at", as: Double?.self).map {
                    MJD(posixSeconds: $0)
                })
            found.append(
                Found(
                    key: key,
                    stored: StoredCampaign(
                        campaign: campaign, survey: survey, approvedAt: world.approvedAt,
                        author: try row.decode("author"),
                        createdAt: MJD(posixSeconds: try row.decode("created_at")),
                        tasks: try world.tasks(of: survey, clock: clock, on: connection)),
                    rows: world.rows, steps: steps, tallies: tallies, inputs: world.inputs,
                    waitsOutside: world.waitsOutside))
        }
        return found
    }

    /// The names of the data sets that the daily processing of each survey makes.
    private static func dailyProducts(
        on connection: isolated Connection
    ) throws -> [ID<SurveyPlan>: Set<String>] {
        var made: [ID<SurveyPlan>: Set<String>] = [:]
        for row in try connection.query(
            """
            SELECT DISTINCT c.survey, e.data_set FROM sgs.campaign c
            JOIN sgs.campaign_edge e USING (campaign)
            WHERE c.name = 'daily' AND e.producer IS NOT NULL
            """)
        {
            made[ID(try row.decode("survey")), default: []].insert(try row.decode("data_set"))
        }
        return made
    }

    private static func read(_ document: String, name: String) throws -> Campaign {
        do throws(CampaignError) {
            return try CampaignFile.read(name, in: CampaignFolders(document: document, of: name))
        } catch {
            throw CatalogueError(.otherSchema, "campaign \(name) cannot be read: \(error)")
        }
    }

    private static func tasks(
        of campaigns: [Int], _ some: [Int], on connection: isolated Connection
    ) throws -> (tasks: [Int: [TaskRow]], steps: TaskSteps) {
        var tasks: [Int: [TaskRow]] = [:]
        var steps = TaskSteps()
        for row in try connection.query(
            """
            SELECT campaign, campaign_task, name, state, interrupted, released, cut_short,
                extract(epoch FROM changed_at) AS changed_at,
                extract(epoch FROM looked_up) AS looked_up, scouts_off, measured, memory_mib,
                walltime_s, nullif(work_mib, 0) AS disk_mib, job_work, part_of, step
            FROM sgs.campaign_task
            WHERE campaign = ANY ($1) OR campaign_task = ANY ($2) OR part_of = ANY ($2)
            ORDER BY campaign, place
            """, campaigns, some)
        {
            guard try !steps.add(row) else { continue }
            tasks[try row.decode("campaign"), default: []].append(try TaskRow(row))
        }
        return (tasks, steps)
    }

    private static func edges(
        of campaigns: [Int], _ some: [Int], on connection: isolated Connection
    ) throws -> [Int: [EdgeRow]] {
        var edges: [Int: [EdgeRow]] = [:]
        for row in try connection.query(
            """
            SELECT campaign, data_set, producer, consumer, output_state, input_state
            FROM sgs.campaign_edge
            WHERE campaign = ANY ($1) OR producer = ANY ($2) OR consumer = ANY ($2)
            """, campaigns, some)
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
    /// The newest publication when its items were looked up; `nil` before.
    let lookedUp: Double?
    let isScoutsOff: Bool
    /// How many jobs its estimate rests on.
    let measured: Int
    /// What its jobs ask for, as estimated: MiB for each core, and seconds.
    let memory: Int?
    let walltime: Double?
    let disk: Int?
    /// Core-hours of a job, as measured.
    let jobWork: Double?

    init(_ row: Row) throws {
        key = try row.decode("campaign_task")
        name = try row.decode("name")
        state = try word(row, "state", TaskState.self) ?? .registered
        interrupted = try word(row, "interrupted", TaskState.self)
        isReleased = try row.decode("released")
        isCutShort = try row.decode("cut_short")
        changedAt = MJD(posixSeconds: try row.decode("changed_at"))
        lookedUp = try row.decode("looked_up")
        isScoutsOff = try row.decode("scouts_off")
        measured = try row.decode("measured")
        memory = try row.decode("memory_mib")
        walltime = try row.decode("walltime_s")
        disk = try row.decode("disk_mib")
        jobWork = try row.decode("job_work")
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
func word<Word: RawRepresentable<String>>(
    _ row: Row, _ column: String, _: Word.Type
) throws -> Word? {
    guard let text = try row.decode(column, as: String?.self) else { return nil }
    guard let word = Word(rawValue: text) else {
        throw CatalogueError(.otherSchema, "a campaign has the unknown \(column) \(text)")
    }
    return word
}
