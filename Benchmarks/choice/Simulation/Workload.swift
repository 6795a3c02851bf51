import Execution
import Workflows

/// A job of the simulated workload.
struct SimulatedJob {
    let number: Int
    /// Seconds since the log's begin.
    let arrival: Double
    /// Seconds that it takes.
    let duration: Double
    let need: Workflows.Resources
    /// Whether it is one of the largest 5 %.
    var isLarge = false

    var amounts: Amounts { Amounts(need) }
    var work: Double { Double(need.cores) * duration }
}

/// Arrivals and run times of a log, with sizes and requested walltimes that are SIMULATED.
///
/// The log is in the Standard Workload Format (Parallel Workloads Archive, version 2.2: a job a
/// line, of 18 fields; the second is when it was submitted, the fourth its run time, seconds).
/// Every job of the LCG-2005 log has one processor and no memory, so these are drawn, one half from
/// `recorded`, the other from `declared`.
struct Workload {
    let jobs: [SimulatedJob]

    /// Cores, MiB and how often, of tasks recorded with Montage (peak of resident memory, rounded
    /// up to 256 MiB).
    private static let recorded = [(1, 256, 1)]

    /// Cores, MiB and how often, of the packages that the published Euclid graphs declare.
    private static let declared = [
        (1, 1000, 30), (1, 3900, 1), (1, 4000, 1), (1, 5900, 3), (1, 7900, 4), (1, 10000, 1),
        (1, 15900, 1), (1, 23900, 1), (2, 2000, 3), (2, 5900, 3), (2, 7900, 1), (4, 15900, 3),
        (8, 7900, 3), (8, 15900, 10), (8, 23900, 2),
    ]

    /// What operators ask for, seconds: five minutes to two days and a half.
    private static let walltimes = [
        300.0, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400, 129600, 172800, 216000,
    ]

    /// - Parameters:
    ///   - density: how many times as close as in the log the arrivals are.
    ///   - most: the most jobs; the log's first.
    init(log: String, seed: UInt64, density: Double, most: Int) {
        var numbers = SeededRandom(seed: seed)
        var jobs: [SimulatedJob] = []
        for line in log.split(separator: "\n") where !line.hasPrefix(";") && jobs.count < most {
            let fields = line.split(separator: " ", maxSplits: 4)
            guard fields.count > 3, let arrival = Double(fields[1]),
                let duration = Double(fields[3]), duration >= 0
            else { continue }
            let sizes = Bool.random(using: &numbers) ? Self.recorded : Self.declared
            let size = Self.draw(sizes, &numbers)
            let asked = duration * Double.random(in: 1.1...5, using: &numbers)
            let walltime = Self.walltimes.first { $0 >= asked } ?? 216000
            jobs.append(
                SimulatedJob(
                    number: jobs.count, arrival: arrival / density, duration: duration,
                    need: Workflows.Resources(
                        cores: size.0, memory: size.1, walltime: walltime)))
        }
        let bySize = jobs.indices.sorted {
            let (left, right) = (Self.size(jobs[$0]), Self.size(jobs[$1]))
            return left != right ? left > right : jobs[$0].work > jobs[$1].work
        }
        for place in bySize.prefix(jobs.count / 20) { jobs[place].isLarge = true }
        self.jobs = jobs.sorted { ($0.arrival, $0.number) < ($1.arrival, $1.number) }
    }

    private static func size(_ job: SimulatedJob) -> Double {
        max(Double(job.need.cores) / 22, Double(job.need.memory) / 66000)
    }

    private static func draw(
        _ sizes: [(Int, Int, Int)], _ numbers: inout SeededRandom
    ) -> (Int, Int) {
        var place = Int.random(in: 0..<sizes.reduce(0) { $0 + $1.2 }, using: &numbers)
        for (cores, memory, count) in sizes {
            if place < count { return (cores, memory) }
            place -= count
        }
        return (1, 256)
    }
}

/// Random numbers that are the same for the same seed (SplitMix64, Steele et al. 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
