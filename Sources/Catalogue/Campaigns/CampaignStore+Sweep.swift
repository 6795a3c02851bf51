public import Campaigns
public import GroundSegment
import PostgreSQL

extension CampaignStore {
    /// Brings the tasks of campaigns on by the rules, until none fires; all changes or none.
    ///
    /// - Parameters:
    ///   - survey: only its campaigns; all where it is `nil`.
    ///   - isDryRun: only tells what would fire.
    /// - Returns: what fired, and how often each rule did.
    /// - Throws: `EndlessSweep`; `PostgreSQLError`.
    public func sweep(
        survey: ID<SurveyPlan>? = nil, by actor: String, isDryRun: Bool = false
    ) async throws -> Sweep.Result {
        try await connection.transaction { connection in
            // Two sweeps at once would see the same and write it twice.
            if !isDryRun {
                try connection.query("SELECT pg_advisory_xact_lock(hashtext('sgs.sweep'))")
            }
            let found = try CampaignRows.campaigns(survey: survey, on: connection)
            var firings: [Firing] = []
            var vectors: [TaskVector] = []
            // Names of tasks are unique within a survey's campaigns only.
            for (_, campaigns) in Dictionary(grouping: found, by: \.stored.survey)
                .sorted(by: { $0.key < $1.key })
            {
                let before = campaigns.flatMap { $0.stored.tasks.map(\.vector) }
                let result = try Sweep().run(on: before)
                if !isDryRun { try Self.write(result, of: campaigns, by: actor, on: connection) }
                firings += result.firings
                vectors += result.vectors
            }
            return Sweep.Result(vectors: vectors, firings: firings)
        }
    }

    private static func write(
        _ result: Sweep.Result, of campaigns: [CampaignRows.Found], by actor: String,
        on connection: isolated Connection
    ) throws {
        var keys: [TaskKey: (campaign: Int, task: Int)] = [:]
        for found in campaigns {
            for (task, key) in zip(found.stored.tasks, found.taskKeys) {
                keys[task.vector.key] = (found.key, key)
            }
        }
        for firing in result.firings {
            guard let key = keys[firing.key] else { continue }
            switch firing.change {
            case .task(let state):
                try connection.query(
                    "UPDATE sgs.campaign_task SET state = $2 WHERE campaign_task = $1", key.task,
                    state.rawValue)
            case .input(let state):
                try connection.query(
                    """
                    UPDATE sgs.campaign_edge SET input_state = $3
                    WHERE consumer = $1 AND data_set = $2
                    """, key.task, firing.data?.text, state.rawValue)
            case .output(let state):
                try connection.query(
                    """
                    UPDATE sgs.campaign_edge SET output_state = $3
                    WHERE producer = $1 AND data_set = $2
                    """, key.task, firing.data?.text, state.rawValue)
            }
            try CampaignRecord.write(
                CampaignRecord(
                    task: key.task, data: firing.data, name: firing.rule, isCommand: false,
                    from: firing.from, to: firing.change.name, actor: actor),
                of: key.campaign, on: connection)
        }
    }
}
