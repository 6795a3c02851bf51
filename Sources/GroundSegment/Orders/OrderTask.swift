/// What an order is of a campaign besides the daily processing: a job of one of its tasks.
public struct OrderTask: Hashable, Sendable {
    /// The campaign's name.
    public let campaign: String
    /// The task's name within it.
    public let name: String
    /// What its payloads ask for in place of what their pipeline says; `nil` where nothing was
    /// measured or said.
    public let request: OrderRequest?
    /// Seconds that a job of the batch system should last at most which does payloads of several
    /// of the task's orders, one after the other; `nil` where each order has its own.
    public let jobWalltime: Double?

    public init(
        campaign: String, name: String, request: OrderRequest? = nil, jobWalltime: Double? = nil
    ) {
        self.campaign = campaign
        self.name = name
        self.request = request
        self.jobWalltime = jobWalltime
    }
}

/// What the payloads of an order ask for, as it was measured of others like it.
public struct OrderRequest: Hashable, Sendable {
    /// MiB for each core, above 0.
    public let memoryPerCore: Int
    /// Seconds, above 0.
    public let walltime: Double
    /// MiB of a payload's own folder, above 0; `nil` where nothing was measured or said.
    public let disk: Int?

    public init(memoryPerCore: Int, walltime: Double, disk: Int? = nil) {
        self.memoryPerCore = memoryPerCore
        self.walltime = walltime
        self.disk = disk
    }
}
