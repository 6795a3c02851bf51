import Campaigns
import GroundSegment
import PostgreSQL

/// Makes orders of the jobs whose inputs are there, of all tasks at once.
struct JobDefiner {
    /// A task that may define jobs now.
    struct Opened {
        let key: Int
        let node: CampaignTask
        let isReleased: Bool
        /// How many jobs it may define.
        let most: Int
        /// Whether they are its first ones, which are measured.
        let isScouting: Bool
        let request: OrderRequest?
        let priority: Int
        /// What the names of its orders begin with.
        let mark: String
    }

    let survey: ID<SurveyPlan>
    let clock: MJD
    let inputs: [JobInput]

    /// Orders that one call makes at most; who has more calls again.
    static let mostAtOnce = 200_000

    struct Result {
        var defined = 0
        var lost = 0
        /// Jobs that no SDC can take now.
        var unplaced = 0
    }

    func define(_ tasks: [Opened], on connection: isolated Connection) throws -> Result {
        var result = Result()
        guard !tasks.isEmpty else { return result }
        try connection.run(script: CampaignSQL.staging)
        try stage(tasks, on: connection)
        let keys = Set(tasks.map(\.key))
        let inputs = inputs.filter { keys.contains($0.task) }
        if !inputs.isEmpty {
            try connection.query(
                CampaignSQL.keepParts, parameters: JobInput.parameters(inputs, clock: clock))
            try connection.run(script: "ANALYZE job_part")
            result.lost = try connection.query(CampaignSQL.loseJobs).affected
        }
        let ready = try connection.query(
            CampaignSQL.readyJobs, clock.posixSeconds, Self.mostAtOnce
        ).affected
        guard ready > 0 else { return result }
        if inputs.contains(where: { $0.lane >= 0 }) {
            try connection.query(CampaignSQL.availability)
        }
        try connection.query(CampaignSQL.groups)
        try connection.run(script: "ANALYZE ready_job")
        result.unplaced = try choose(on: connection)
        result.defined = try connection.query(CampaignSQL.insertOrders).affected
        if inputs.contains(where: { $0.lane >= 0 }) {
            try connection.query(CampaignSQL.insertInputs)
        }
        try connection.query(CampaignSQL.markDefined)
        try notify(on: connection)
        return result
    }

    private func stage(_ tasks: [Opened], on connection: isolated Connection) throws {
        try connection.copy(
            into: "opened_task",
            columns: [
                "campaign_task", "most", "partial", "coverage", "released", "pipeline",
                "software_release", "priority", "memory_mib", "walltime_s", "disk_mib",
                "job_walltime_s", "is_scouting", "mark",
            ]
        ) { writer in
            for task in tasks {
                let policy = task.node.policy
                try writer.write(
                    task.key, task.most, policy.isPartial, policy.coverage, task.isReleased,
                    task.node.pipeline, task.node.release, task.priority,
                    task.request?.memoryPerCore, task.request?.walltime,
                    task.request?.disk, policy.targetWalltime, task.isScouting, task.mark)
            }
        }
    }

    /// Chooses an SDC for each group of jobs.
    ///
    /// - Returns: how many jobs no SDC can take.
    private func choose(on connection: isolated Connection) throws -> Int {
        var places = try JobPlaces(survey: survey, clock: clock, on: connection)
        var held: [Int: [ID<SDC>: Double]] = [:]
        for row in try connection.query(CampaignSQL.holders) {
            held[try row.decode("place_group"), default: [:]][ID(try row.decode("sdc"))] =
                try row.decode("held", as: Double.self)
        }
        var unplaced = 0
        for row in try connection.query(CampaignSQL.grouped) {
            let number = try row.decode("place_group", as: Int.self)
            var assignment: Assignment?
            var own = held[number] ?? [:]
            if try row.decode("primary_sdc", as: String?.self) != nil {
                let owners = try Assignment(row: row)
                assignment = owners
                own[owners.primary] = try row.decode("here", as: Double.self)
                own[owners.secondary] = try row.decode("there", as: Double.self)
            }
            let count = try row.decode("n", as: Int.self)
            let (placement, replica) = places.place(
                JobPlaces.Group(
                    assignment: assignment, held: own,
                    avoided: try row.decode("avoid", as: String?.self).map { ID($0) },
                    count: count))
            guard let sdc = placement.sdc, let replica else {
                unplaced += count
                continue
            }
            try connection.query(
                "INSERT INTO chosen_place VALUES ($1, $2, $3, $4)", number, sdc.text,
                replica.text, placement.reason?.rawValue)
        }
        return unplaced
    }

    private func notify(on connection: isolated Connection) throws {
        for row in try connection.query("SELECT DISTINCT sdc FROM chosen_place ORDER BY 1") {
            try OrderChannel.notify(ID(row.decode("sdc")), on: connection)
        }
    }
}
