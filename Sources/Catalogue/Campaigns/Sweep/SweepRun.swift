import Campaigns
import GroundSegment
import PostgreSQL

/// A sweep while it goes on, within its transaction.
struct SweepRun {
    private(set) var scope: SweepScope
    let clock: MJD
    let actor: String
    /// Orders of a campaign that may wait or run at once.
    let mostLive: Int

    private(set) var jobs = CampaignStore.JobChanges()
    private var known: CampaignRows.Known = [:]
    /// The seconds from now at which first jobs will have run too long, by campaign.
    private var scoutLimits: [Int: Double] = [:]

    /// A sweep has no more rounds than these: then something goes round.
    private static let mostRounds = 1000

    init(_ scope: SweepScope, clock: MJD, actor: String, mostLive: Int) {
        self.scope = scope
        self.clock = clock
        self.actor = actor
        self.mostLive = mostLive
    }

    mutating func run(on connection: isolated Connection) throws -> Sweep.Result {
        var firings: [Firing] = []
        for _ in 0..<Self.mostRounds {
            var found = try read(on: connection)
            if try settle(found, on: connection) { found = try read(on: connection) }
            if widen(found) { found = try read(on: connection) }
            let result = try fire(found, on: connection)
            firings += result.firings
            if !result.firings.isEmpty { continue }
            let defined = try define(found, on: connection)
            if defined.defined + defined.lost > 0 { continue }
            jobs.unplaced = defined.unplaced
            try sleep(found, isUnplaced: defined.unplaced > 0, on: connection)
            return Sweep.Result(vectors: result.vectors, firings: firings)
        }
        throw CatalogueError(.otherSchema, "a sweep came to no end; nothing was changed")
    }

    private mutating func read(on connection: isolated Connection) throws -> [CampaignRows.Found] {
        try CampaignRows.campaigns(
            survey: nil, scope: scope, clock: clock, known: &known, on: connection)
    }

    /// Looks at the whole of campaigns that have as many orders as they may have: what begins there
    /// has to do with all of their tasks.
    private mutating func widen(_ found: [CampaignRows.Found]) -> Bool {
        let full = found.filter { live($0) >= mostLive }.map(\.key)
        return full.reduce(false) { scope.widen($1) || $0 }
    }

    /// Those that jobs are defined of.
    private func approved(_ found: [CampaignRows.Found]) -> [CampaignRows.Found] {
        found.filter { !$0.isDaily && $0.stored.approvedAt != nil }
    }

    // MARK: - Jobs before the rules

    /// Looks up items, decides about failed jobs and learns from finished ones.
    ///
    /// - Returns: whether anything was changed.
    private mutating func settle(
        _ found: [CampaignRows.Found], on connection: isolated Connection
    ) throws -> Bool {
        let before = jobs
        var lookUps: [ID<SurveyPlan>: JobLookUp] = [:]
        for campaign in approved(found) {
            let survey = campaign.stored.survey
            var lookUp = try lookUps[survey] ?? JobLookUp(survey: survey, on: connection)
            for (row, task) in zip(campaign.rows, campaign.stored.tasks)
            where lookUp.isDue(task, row) {
                guard let node = campaign.stored.campaign.graph[task.id] else { continue }
                let added = try lookUp.add(
                    node, of: campaign.stored.campaign.id, key: row.key,
                    before: task.vector.jobs.total, on: connection)
                jobs.added += added
                for key in campaign.steps.keys(of: row.key) where row.lookedUp == nil {
                    try lookUp.addOne(
                        of: campaign.stored.campaign.id, key: key, on: connection)
                }
                // The first time counts even where nothing is chosen: then that is known.
                if row.lookedUp == nil, added == 0 { jobs.estimated += 1 }
            }
            lookUps[survey] = lookUp
            let failed = FailedJobs(found: campaign, actor: actor)
            jobs.decided += try failed.decide(on: connection)
            let scouts = try failed.giveUpScouts(on: connection)
            jobs.givenUp += scouts.given
            scoutLimits[campaign.key] = scouts.next
            jobs.estimated += try JobEstimates(found: campaign).renew(on: connection)
        }
        return jobs != before
    }

    // MARK: - Rules

    private func fire(
        _ found: [CampaignRows.Found], on connection: isolated Connection
    ) throws -> Sweep.Result {
        var firings: [Firing] = []
        var vectors: [TaskVector] = []
        // Names of tasks are unique within a survey's campaigns only.
        for (_, campaigns) in Dictionary(grouping: found, by: \.stored.survey)
            .sorted(by: { $0.key < $1.key })
        {
            let before = campaigns.flatMap(limited)
            let open = campaigns.flatMap { campaign in
                campaign.taskKeys.map { scope.isActive($0, of: campaign.key) }
            }
            let result = try Sweep().run(on: before) { open[$0] }
            try FiringRecord(result.firings, of: campaigns, by: actor)?.write(on: connection)
            firings += result.firings
            vectors += result.vectors
        }
        return Sweep.Result(vectors: vectors, firings: firings)
    }

    /// The state vectors of a campaign's tasks; where it has as many orders as it may have, no
    /// task begins.
    private func limited(_ found: CampaignRows.Found) -> [TaskVector] {
        let vectors = found.stored.tasks.map(\.vector)
        guard !found.isDaily, live(found) >= mostLive else { return vectors }
        return vectors.map { vector in
            var vector = vector
            if vector.admission == .admitted, vector.state != .registered {
                vector.admission = .limited
            }
            return vector
        }
    }

    private func live(_ found: CampaignRows.Found) -> Int {
        found.taskKeys.reduce(scope.others[found.key] ?? 0) {
            $0 + (found.tallies[$1]?.count(.defined, .running) ?? 0)
        }
    }

    // MARK: - Jobs after the rules

    private mutating func define(
        _ found: [CampaignRows.Found], on connection: isolated Connection
    ) throws -> JobDefiner.Result {
        var all = JobDefiner.Result()
        let surveys = Dictionary(grouping: approved(found), by: \.stored.survey)
        for (survey, campaigns) in surveys.sorted(by: { $0.key < $1.key }) {
            let opened = campaigns.flatMap { self.opened($0) + openedSteps($0) }
            let result = try JobDefiner(
                survey: survey, clock: clock, inputs: campaigns.flatMap(\.inputs)
            ).define(opened, on: connection)
            all.defined += result.defined
            all.lost += result.lost
            all.unplaced += result.unplaced
        }
        jobs.defined += all.defined
        jobs.lost += all.lost
        return all
    }

    /// The tasks of a campaign whose state lets them define jobs, and of which jobs wait.
    private func opened(_ found: CampaignRows.Found) -> [JobDefiner.Opened] {
        let campaign = found.stored.campaign
        var room = max(0, mostLive - live(found))
        return zip(found.rows, found.stored.tasks).compactMap { row, task in
            guard let tally = found.tallies[row.key], tally.count(.pending) > 0,
                scope.isActive(row.key, of: found.key), let node = campaign.graph[task.id], room > 0
            else { return nil }
            let vector = task.vector
            let isScouting: Bool
            var most = room
            switch (task.state, vector.scouts) {
            case (.ready, .open), (.scouting, .open):
                isScouting = true
                let wanted = min(node.policy.scouts, tally.total) - tally.begunScouts
                most = min(most, wanted)
            case (.ready, .none), (.ready, .enough), (.scouted, _), (.running, _):
                isScouting = false
            default: return nil
            }
            guard most > 0 else { return nil }
            room -= min(room, tally.count(.pending))
            return JobDefiner.Opened(
                key: row.key, node: node, isReleased: vector.isReleased, most: most,
                isScouting: isScouting, request: Self.request(task, node.policy),
                priority: campaign.priority + node.priority,
                mark: "\(found.stored.survey)-\(campaign.id)-\(task.id)")
        }
    }

    /// The steps of a campaign's tasks whose state lets them define their job.
    private func openedSteps(_ found: CampaignRows.Found) -> [JobDefiner.Opened] {
        let campaign = found.stored.campaign
        return found.stepNodes.compactMap { step in
            let task = found.stored.tasks[step.task]
            guard (found.tallies[step.key]?.count(.pending) ?? 0) > 0,
                scope.isActive(found.rows[step.task].key, of: found.key),
                step.kind.isDue(in: task.state)
            else { return nil }
            return JobDefiner.Opened(
                key: step.key, node: step.node, isReleased: task.vector.isReleased, most: 1,
                isScouting: false, request: nil, priority: campaign.priority + step.node.priority,
                mark: "\(found.stored.survey)-\(campaign.id)-\(step.node.id)")
        }
    }

    /// What jobs ask for: as measured, else as the campaign says it, else as their pipeline does.
    private static func request(
        _ task: StoredCampaign.Task, _ policy: TaskPolicy
    ) -> OrderRequest? {
        if let estimate = task.estimate { return estimate }
        guard policy.request != TaskPolicy().request else { return nil }
        return OrderRequest(
            memoryPerCore: policy.request.memoryPerCore, walltime: policy.request.walltime,
            disk: policy.request.workDisk > 0 ? policy.request.workDisk : nil)
    }

    // MARK: - Until the next sweep

    /// Notes when a sweep has to look at the campaigns again though no job of them changes.
    private func sleep(
        _ found: [CampaignRows.Found], isUnplaced: Bool, on connection: isolated Connection
    ) throws {
        for campaign in approved(found) {
            let dates = campaign.stored.tasks.filter { $0.state == .registered }.flatMap {
                campaign.stored.campaign.graph[$0.id]?.triggers ?? []
            }
            let date = dates.compactMap {
                if case .date(let date) = $0, date > clock { date } else { nil }
            }.min()
            let limit = scoutLimits[campaign.key].map { clock + $0 / 86_400 }
            let waitsForProduct = dates.contains {
                if case .product = $0 { true } else { false }
            }
            try connection.query(
                """
                UPDATE sgs.campaign c
                SET wake_at = n.wake_at, is_watched = $3, is_limited = $4
                FROM (
                    -- What was not looked at has to be waked when it had to be before.
                    SELECT campaign, least(
                        to_timestamp($2::float8), CASE WHEN $5 THEN wake_at END) AS wake_at
                    FROM sgs.campaign WHERE campaign = $1
                ) n
                WHERE c.campaign = n.campaign AND (c.wake_at, c.is_watched, c.is_limited)
                    IS DISTINCT FROM (n.wake_at, $3, $4)
                """, campaign.key, [date, limit].compactMap { $0?.posixSeconds }.min(),
                campaign.waitsOutside || isUnplaced || waitsForProduct,
                live(campaign) >= mostLive, scope.others[campaign.key] != nil)
        }
    }
}
