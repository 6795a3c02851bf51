import GroundSegment
import PostgreSQL

extension OrderTask {
    /// From the columns `campaign`, `task`, `memory_mib`, `walltime_s`, `disk_mib` and
    /// `job_walltime_s`; `nil` where there is no campaign.
    ///
    /// - Throws: `PostgreSQLError`.
    init?(row: Row) throws {
        guard let campaign = try row.decode("campaign", as: String?.self) else { return nil }
        let memory = try row.decode("memory_mib", as: Int?.self)
        let walltime = try row.decode("walltime_s", as: Double?.self)
        let disk = try row.decode("disk_mib", as: Int?.self)
        let request = memory.flatMap { memory in
            walltime.map { OrderRequest(memoryPerCore: memory, walltime: $0, disk: disk) }
        }
        self.init(
            campaign: campaign, name: try row.decode("task"), request: request,
            jobWalltime: try row.decode("job_walltime_s"))
    }
}
