/// How many units go into one job.
public struct JobSizing: Hashable, Sendable {
    /// Seconds that a job should run at most.
    public let targetWalltime: Double
    /// MiB of outputs and working folder that a job may have; `nil` for any.
    public let mostDisk: Int?
    /// MiB of inputs that a job may read; `nil` for any.
    public let mostInput: Int?
    /// Units that a job may have at most.
    public let mostUnits: Int

    public init(
        targetWalltime: Double, mostDisk: Int? = nil, mostInput: Int? = nil,
        mostUnits: Int = 10_000
    ) {
        self.targetWalltime = targetWalltime
        self.mostDisk = mostDisk
        self.mostInput = mostInput
        self.mostUnits = max(1, mostUnits)
    }

    /// Units of one job, at least 1: as many as the walltime and the disk allow.
    ///
    /// - Parameter input: MiB that one unit reads.
    public func units(for request: ResourceRequest, input: Int = 0) -> Int {
        var units = Double(mostUnits)
        if request.walltime > 0 { units = min(units, targetWalltime / request.walltime) }
        if let mostDisk, request.outputDisk > 0 {
            units = min(units, Double(mostDisk - request.workDisk) / Double(request.outputDisk))
        }
        if let mostInput, input > 0 { units = min(units, Double(mostInput) / Double(input)) }
        return max(1, Int(units.rounded(.down)))
    }

    /// Units put together into jobs, in their order; sizes differ by one at most, so that no job
    /// is a small rest.
    public func jobs<Unit>(_ all: [Unit], for request: ResourceRequest, input: Int = 0) -> [[Unit]]
    {
        guard !all.isEmpty else { return [] }
        let most = units(for: request, input: input)
        let count = (all.count + most - 1) / most
        let (size, larger) = all.count.quotientAndRemainder(dividingBy: count)
        var jobs: [[Unit]] = []
        jobs.reserveCapacity(count)
        var place = 0
        for job in 0..<count {
            let end = place + size + (job < larger ? 1 : 0)
            jobs.append(Array(all[place..<end]))
            place = end
        }
        return jobs
    }

    /// What a job of so many units asks for.
    public static func request(_ one: ResourceRequest, units: Int) -> ResourceRequest {
        ResourceRequest(
            cores: one.cores, memoryPerCore: one.memoryPerCore,
            walltime: one.walltime * Double(units), outputDisk: one.outputDisk * units,
            workDisk: one.workDisk)
    }
}
