/// How many jobs of a task may be lost with which it still counts as finished.
public enum LossTolerance: Hashable, Sendable {
    /// So many jobs.
    case count(Int)
    /// This part of all jobs, 0 to 1.
    case part(Double)

    /// Whether `lost` of `total` jobs are tolerated.
    public func takes(_ lost: Int, of total: Int) -> Bool {
        switch self {
        case .count(let count): lost <= count
        case .part(let part): Double(lost) <= part * Double(total)
        }
    }
}

/// What a job asks for, as its task says it before anything has been measured.
public struct ResourceRequest: Hashable, Sendable {
    /// At least 1.
    public var cores: Int
    /// MiB for each core.
    public var memoryPerCore: Int
    /// Seconds for one unit (an observation, a tile, a number).
    public var walltime: Double
    /// MiB of outputs of one unit.
    public var outputDisk: Int
    /// MiB of the job's own folder while it runs.
    public var workDisk: Int

    public init(
        cores: Int = 1, memoryPerCore: Int = 2000, walltime: Double = 3600, outputDisk: Int = 0,
        workDisk: Int = 0
    ) {
        self.cores = cores
        self.memoryPerCore = memoryPerCore
        self.walltime = walltime
        self.outputDisk = outputDisk
        self.workDisk = workDisk
    }
}

/// How a task is run: what is tried again, what is waited for and what is put up with.
public struct TaskPolicy: Hashable, Sendable {
    /// Attempts of a job after the first one.
    public var retries: Int
    /// Jobs that are measured before the others are defined; 0 for none.
    public var scouts: Int
    /// Jobs that may be lost.
    public var tolerance: LossTolerance
    /// Whether jobs may run on a part of their inputs, and the task on a part of its data sets.
    public var isPartial: Bool
    /// Least part of the inputs with which a partial task starts, 0 to 1.
    public var coverage: Double
    /// A partial task goes on waiting while the next input is expected within so many hours.
    public var wait: Double
    /// Whether the task takes new inputs while it runs, and starts with the first ones.
    public var isOpen: Bool
    /// Hours that late inputs are waited for after they were due; `nil` for as long as it takes.
    public var lateLimit: Double?
    /// Seconds that a job of the batch system should run; orders are put together up to it. `nil`
    /// for one order a job.
    public var targetWalltime: Double?
    /// What jobs ask for until scouts have measured better.
    public var request: ResourceRequest

    public init(
        retries: Int = 3, scouts: Int = 0, tolerance: LossTolerance = .count(0),
        isPartial: Bool = false, coverage: Double = 1, wait: Double = 0, isOpen: Bool = false,
        lateLimit: Double? = nil, targetWalltime: Double? = nil,
        request: ResourceRequest = ResourceRequest()
    ) {
        self.retries = retries
        self.scouts = scouts
        self.tolerance = tolerance
        self.isPartial = isPartial
        self.coverage = coverage
        self.wait = wait
        self.isOpen = isOpen
        self.lateLimit = lateLimit
        self.targetWalltime = targetWalltime
        self.request = request
    }
}
