/// What one job used.
public struct JobMeasurement: Hashable, Sendable {
    /// Observations, tiles or numbers that it was for, at least 1.
    public let units: Int
    public let cores: Int
    /// Seconds of processor time of all cores together.
    public let processor: Double
    /// Seconds that it ran.
    public let walltime: Double
    /// Highest proportional or resident memory of all its processes, MiB.
    public let peakMemory: Double
    /// MiB that it wrote as outputs.
    public let outputDisk: Double
    /// Highest MiB of its own folder.
    public let workDisk: Double

    public init(
        units: Int = 1, cores: Int = 1, processor: Double, walltime: Double, peakMemory: Double,
        outputDisk: Double = 0, workDisk: Double = 0
    ) {
        self.units = max(1, units)
        self.cores = max(1, cores)
        self.processor = processor
        self.walltime = walltime
        self.peakMemory = peakMemory
        self.outputDisk = outputDisk
        self.workDisk = workDisk
    }
}

/// What jobs of a task need, by what the first of them used.
///
/// As JEDI's scouts: processor time is the 95th percentile and half as much again, memory for each
/// core the 75th percentile of (peak - base) / cores and a tenth more but at least a minimum,
/// output space the 75th percentile, the working folder the largest.  Percentiles are of the
/// nearest rank: the smallest value that this part of all does not exceed.
public struct ScoutEstimate: Hashable, Sendable {
    /// Measured jobs.
    public let measured: Int
    /// Seconds of processor time for one unit.
    public let processor: Double
    /// Seconds of walltime for one unit.
    public let walltime: Double
    /// MiB for each core.
    public let memoryPerCore: Int
    /// MiB for one unit.
    public let outputDisk: Int
    /// MiB for a job.
    public let workDisk: Int

    /// - Parameters:
    ///   - base: MiB that a job needs whatever its cores, which is not divided among them.
    ///   - leastMemory: MiB for each core that are always asked for.
    ///   - leastWalltime: seconds that are always asked for: the shortest jobs last as long as the
    ///     machine is busy.
    /// - Returns: `nil` where nothing was measured.
    public init?(
        _ jobs: [JobMeasurement], base: Double = 0, leastMemory: Double = 500,
        leastWalltime: Double = 60
    ) {
        guard
            let processor = Self.percentile(95, jobs.map { $0.processor / Double($0.units) }),
            let walltime = Self.percentile(95, jobs.map { $0.walltime / Double($0.units) }),
            let memory = Self.percentile(
                75,
                jobs.map { max(($0.peakMemory - base) / Double($0.cores) * 1.1, leastMemory) }),
            let output = Self.percentile(75, jobs.map { $0.outputDisk / Double($0.units) }),
            let work = jobs.map(\.workDisk).max()
        else { return nil }
        measured = jobs.count
        self.processor = processor * 1.5
        self.walltime = max(walltime * 1.5, leastWalltime)
        memoryPerCore = Int(memory.rounded(.up))
        outputDisk = Int(output.rounded(.up))
        workDisk = Int(work.rounded(.up))
    }

    /// The smallest value that at least `percent` % of the values do not exceed; `nil` of none.
    public static func percentile(_ percent: Int, _ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let rank = (values.count * percent + 99) / 100
        return values.sorted()[max(1, rank) - 1]
    }

    /// Whether it is time to estimate (again): when the scouts are measured, when half of all jobs
    /// are, and at 100.
    ///
    /// - Parameters:
    ///   - before: measured jobs at the last look.
    ///   - measured: measured jobs now.
    public static func isDue(before: Int, measured: Int, scouts: Int, of total: Int) -> Bool {
        [scouts, (total + 1) / 2, 100].contains { $0 > before && $0 <= measured && $0 <= total }
    }

    /// What a job of one unit asks for after this estimate.
    public func request(after own: ResourceRequest) -> ResourceRequest {
        ResourceRequest(
            cores: own.cores, memoryPerCore: memoryPerCore, walltime: walltime,
            outputDisk: outputDisk, workDisk: workDisk)
    }
}

extension ScoutProgress {
    /// How far scouts are.
    ///
    /// - Parameters:
    ///   - wanted: how many are measured; 0 for none.
    ///   - finished: scouts that ended well.
    ///   - failed: scouts that are lost, those among them that ran longer than `isEndless` allows.
    public static func of(wanted: Int, finished: Int, failed: Int) -> ScoutProgress {
        guard wanted > 0 else { return .none }
        // More than half of them have to end well; otherwise an estimate would be of the lucky.
        if failed * 2 >= wanted { return .failed }
        return finished + failed >= wanted ? .enough : .open
    }

    /// Whether a scout that runs is no longer waited for: it has run three times as long as it
    /// asked for, or, where at least half of the scouts are measured, ten times as long as the
    /// longest of them.
    ///
    /// - Parameters:
    ///   - age: seconds that it has run.
    ///   - asked: seconds of walltime that it asked for.
    ///   - finished: seconds that the measured ones ran.
    public static func isEndless(age: Double, asked: Double, finished: [Double], of wanted: Int)
        -> Bool
    {
        if age > 3 * asked { return true }
        guard finished.count * 2 >= wanted, let longest = finished.max() else { return false }
        return age > 10 * max(longest, 60)
    }
}
