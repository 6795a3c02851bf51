import Campaigns
import GroundSegment
import PostgreSQL

/// Learns from finished jobs what the others of their task need.
struct JobEstimates {
    let found: CampaignRows.Found

    /// - Returns: how many tasks' estimates were renewed.
    func renew(on connection: isolated Connection) throws -> Int {
        let due = zip(found.rows, found.stored.tasks).filter { row, task in
            let jobs = task.vector.jobs
            let wanted = task.vector.policy.scouts
            return ScoutEstimate.isDue(
                before: row.measured, measured: jobs.finished,
                scouts: max(1, min(wanted, jobs.total)), of: jobs.total)
        }
        guard !due.isEmpty else { return 0 }
        var jobs: [Int: [(measured: JobMeasurement, work: Double)]] = [:]
        for row in try connection.query(CampaignSQL.measures, due.map(\.0.key)) {
            let key = try row.decode("campaign_task", as: Int.self)
            jobs[key, default: []].append(
                (
                    JobMeasurement(
                        cores: try row.decode("cores"), processor: try row.decode("processor"),
                        walltime: try row.decode("walltime"),
                        peakMemory: try row.decode("peak"), outputDisk: try row.decode("output"),
                        workDisk: try row.decode("written")), try row.decode("work")
                ))
        }
        for (row, task) in due {
            let own = jobs[row.key] ?? []
            let isScouted = task.vector.policy.scouts > 0
            let estimate = isScouted ? ScoutEstimate(own.map(\.measured)) : nil
            let work =
                own.isEmpty ? nil : own.reduce(0) { $0 + $1.work } / Double(own.count)
            try connection.query(
                """
                UPDATE sgs.campaign_task SET measured = $2, job_work = coalesce($3, job_work),
                    memory_mib = coalesce($4, memory_mib), walltime_s = coalesce($5, walltime_s),
                    output_mib = coalesce($6, output_mib), work_mib = coalesce($7, work_mib)
                WHERE campaign_task = $1
                """, row.key, task.vector.jobs.finished, work, estimate?.memoryPerCore,
                estimate.map { max(1, $0.walltime.rounded(.up)) }, estimate?.outputDisk,
                estimate?.workDisk)
        }
        try connection.query(CampaignSQL.renewRequests, due.map(\.0.key))
        return due.count
    }
}
