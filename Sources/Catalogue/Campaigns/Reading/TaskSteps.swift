import Campaigns
import PostgreSQL

/// The rows of the pipelines that run once for tasks.
struct TaskSteps {
    private var rows: [Int: [TaskStep: Int]] = [:]

    /// Takes a row of sgs.campaign_task that is one of them.
    ///
    /// - Returns: whether it is.
    mutating func add(_ row: Row) throws -> Bool {
        guard let task = try row.decode("part_of", as: Int?.self),
            let step = try word(row, "step", TaskStep.self)
        else { return false }
        rows[task, default: [:]][step] = try row.decode("campaign_task", as: Int.self)
        return true
    }

    /// The key of a task's step; `nil` where it has none, or was not approved yet.
    subscript(step: TaskStep, of task: Int) -> Int? { rows[task]?[step] }

    /// Those of a task.
    func keys(of task: Int) -> [Int] {
        TaskStep.allCases.compactMap { rows[task]?[$0] }
    }

    /// Those of all tasks.
    var keys: [Int] { rows.values.flatMap(\.values).sorted() }

    /// Writes down those of a campaign's tasks, which are not there before it is approved.
    static func insert(
        _ campaign: CampaignRows.Found, on connection: isolated Connection
    ) throws {
        for (row, task) in zip(campaign.rows, campaign.stored.campaign.graph.tasks) {
            for kind in TaskStep.allCases {
                guard let step = task.step(kind) else { continue }
                try connection.query(
                    """
                    INSERT INTO sgs.campaign_task (campaign, place, name, pipeline, part_of, step)
                    SELECT campaign, place, $2, $3, campaign_task, $4
                    FROM sgs.campaign_task WHERE campaign_task = $1
                    ON CONFLICT ON CONSTRAINT campaign_task_step_once DO NOTHING
                    """, row.key, step.id.text, step.pipeline, kind.rawValue)
            }
        }
    }
}
