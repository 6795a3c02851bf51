import Campaigns
import GroundSegment
import PostgreSQL

/// What the catalogue has of one campaign, as its tasks' state vectors are made of it.
struct CampaignWorld {
    let campaign: Campaign
    let rows: [TaskRow]
    let steps: TaskSteps
    let edges: [EdgeRow]
    /// Orders by task; where only the rules ask, of the daily processing alone.
    let jobs: [Int: JobStates]
    let tallies: [Int: JobTally]
    /// The data sets that the daily processing makes.
    let made: Set<String>
    /// Whether a task may go on; of the others only the state is asked for.
    let isActive: (Int) -> Bool
    let approvedAt: MJD?

    private var isDaily: Bool { campaign.id == CampaignStore.daily }

    private func node(_ row: TaskRow) -> CampaignTask? {
        campaign.graph[ID<CampaignTask>(row.name)]
    }

    /// The keys of all tasks, by their names.
    private var keys: [ID<CampaignTask>: Int] {
        Dictionary(
            rows.map { (ID<CampaignTask>($0.name), $0.key) }, uniquingKeysWith: { one, _ in one })
    }

    /// The inputs of all tasks that may go on, as queries look them up; none of the daily processing.
    var inputs: [JobInput] {
        guard !isDaily else { return [] }
        let keys = keys
        let merges = Dictionary(
            rows.compactMap { row in
                steps[.merge, of: row.key].map { (ID<CampaignTask>(row.name), $0) }
            }, uniquingKeysWith: { one, _ in one })
        return rows.flatMap { row -> [JobInput] in
            guard isActive(row.key), let task = node(row) else { return [] }
            func inputs(
                _ task: CampaignTask, _ key: Int, _ merges: [ID<CampaignTask>: Int]
            ) -> [JobInput] {
                task.inputs.compactMap { data in
                    campaign.graph[data].flatMap {
                        JobInput($0, of: task, key: key, keys: keys, merges: merges, made: made)
                    }
                }
            }
            var all = inputs(task, row.key, merges)
            if let key = steps[.prepare, of: row.key], let step = task.step(.prepare) {
                all += inputs(step, key, merges)
                all.append(JobInput(step, of: row.key, key: key))
            }
            if let key = steps[.merge, of: row.key], let step = task.step(.merge) {
                all += inputs(step, key, [:])
            }
            return all
        }
    }

    /// Those inputs from outside of which jobs wait.
    private var outside: [JobInput] {
        let open = Set(
            rows.filter {
                !$0.state.hasEnded && (tallies[$0.key]?.count(.pending) ?? 0) > 0
            }.map(\.key))
        return inputs.filter { $0.lane <= 0 && open.contains($0.task) }
    }

    /// Whether something may come from outside that a task waits for.
    var waitsOutside: Bool { !outside.isEmpty }

    /// The tasks with their state vectors.
    func tasks(
        of survey: ID<SurveyPlan>, clock: MJD?, on connection: isolated Connection
    ) throws -> [StoredCampaign.Task] {
        let standings = try clock.map { clock in
            try OutsideStanding.all(outside, clock: clock, on: connection)
        }
        let keyed = Dictionary(
            (standings ?? [:]).map { (StandingKey(task: $0.task, data: $0.data), $1) },
            uniquingKeysWith: { one, _ in one })
        let hasFired = try clock.map { try triggers(survey, at: $0, on: connection) } ?? [:]
        let (edges, keys) = (EdgeStates(edges), keys)
        return rows.compactMap { row in
            guard let node = node(row) else { return nil }
            let reading = TaskReading(
                node: node, row: row, steps: steps, edges: edges, jobs: jobs, keys: keys,
                graph: campaign.graph, tallies: tallies, isDaily: isDaily)
            let isAdmitted = approvedAt != nil && hasFired[row.key] ?? true
            return reading.task(of: campaign.id, isAdmitted: isAdmitted) { data, tally in
                reading.outside(
                    data, tally, keyed[StandingKey(task: row.key, data: data.data)],
                    clock: clock)
            }
        }
    }

    private struct StandingKey: Hashable {
        let task: Int
        let data: ID<DataSet>
    }

    /// Whether what has to happen before a task starts has happened, where anything has to.
    private func triggers(
        _ survey: ID<SurveyPlan>, at clock: MJD, on connection: isolated Connection
    ) throws -> [Int: Bool] {
        let waiting = rows.filter { row in
            row.state == .registered && node(row)?.triggers.isEmpty == false
        }
        guard !waiting.isEmpty, let approvedAt else { return [:] }
        let names = waiting.flatMap { node($0)?.triggers ?? [] }
            .compactMap { if case .product(let name) = $0 { name } else { nil } }
        let products = try Self.products(
            names, survey, since: approvedAt, on: connection)
        return Dictionary(
            uniqueKeysWithValues: waiting.map { row in
                let triggers = node(row)?.triggers ?? []
                return (
                    row.key, triggers.allSatisfy { $0.hasFired(at: clock, products: products) }
                )
            })
    }

    /// Those of the names of outputs of which a product was reported since an instant.
    private static func products(
        _ names: [String], _ survey: ID<SurveyPlan>, since instant: MJD,
        on connection: isolated Connection
    ) throws -> Set<String> {
        guard !names.isEmpty else { return [] }
        return try Set(
            connection.query(
                """
                SELECT n.name FROM unnest($1::text[]) n (name)
                WHERE EXISTS (
                    SELECT FROM sgs.order_report r
                    JOIN sgs.product p USING (processing_order)
                    WHERE r.event = 'complete' AND r.reported_at > to_timestamp($3)
                        AND p.survey = $2
                        AND regexp_replace(p.name, '^.*/|\\.[^./]*$', '', 'g') = n.name)
                """, Array(Set(names)), survey.text, instant.posixSeconds
            ).map { try $0.decode("name", as: String.self) })
    }
}
