public import GroundSegment
import Markup

/// Which part of the measured uses a suggested request is to hold.
public enum UsePercentile: Int, Hashable, Sendable, CaseIterable {
    case upperQuarter = 75
    case upperTwentieth = 95

    /// Completed attempts below which nothing is suggested: with fewer, few of them decide alone.
    public var leastSamples: Int {
        switch self {
        case .upperQuarter: 10
        case .upperTwentieth: 20
        }
    }

    /// The smallest value that at least this part of all does not exceed; `nil` where there is none.
    func of(_ values: [Double]) -> Double? {
        switch self {
        case .upperQuarter: Scouts.upper(3, of: 4, values)
        case .upperTwentieth: Scouts.upper(19, of: 20, values)
        }
    }
}

/// What was requested and not used, by executable, what was wasted most first; with a request that
/// would have held what was used.
///
/// A suggestion is the percentile of the uses of completed attempts: of memory with a tenth more,
/// of walltime with half as much again, as first payloads are judged (`Scouts`), and of busy cores
/// rounded up, a tenth of a core let go.
public struct WasteReport: Hashable, Sendable, Encodable {
    public struct Request: Hashable, Sendable, Encodable {
        public let cores: Int
        /// MiB.
        public let memory: Int
        /// Seconds.
        public let walltime: Double
    }

    /// The uses of completed attempts.
    public struct Figures: Hashable, Sendable, Encodable {
        public let mean: Double
        public let percentile: Double
        public let max: Double
    }

    public struct Row: Hashable, Sendable, Encodable {
        public let executable: String
        public let pipelines: [String]
        /// All that ended and were not lost, and those of them that completed.
        public let attempts: Int
        public let samples: Int
        /// What the attempt was given that ended last.
        public let requested: Request
        /// Busy cores, the mean over an attempt's time; peaks of memory, MiB; seconds. `nil` where
        /// no attempt completed.
        @OrNull public internal(set) var cores: Figures?
        @OrNull public internal(set) var memory: Figures?
        @OrNull public internal(set) var walltime: Figures?
        /// Core-hours that all attempts had, and those of them that were idle.
        public let coreHours: Double
        public let idleCoreHours: Double
        /// GiB-hours of memory, likewise.
        public let memoryHours: Double
        public let idleMemoryHours: Double
        /// `nil` where too few attempts completed.
        @OrNull public internal(set) var suggested: Request?
    }

    /// ISO 8601 in UTC: when it was reckoned.
    public let at: String
    /// Only attempts that ended in so many last days; all where `nil`.
    @OrNull public internal(set) var days: Double?
    /// 75 or 95.
    public let percentile: Int
    /// Completed attempts below which nothing is suggested.
    public let leastSamples: Int
    /// Parts by which a suggestion exceeds the percentile.
    public let memoryMargin: Double
    public let walltimeMargin: Double
    public let attempts: Int
    public let coreHours: Double
    public let idleCoreHours: Double
    public let rows: [Row]

    static let (memoryMargin, walltimeMargin) = (0.1, 0.5)
    /// The part of a core that is let go.
    private static let coreTolerance = 0.1

    public init(_ tally: UseTally, _ percentile: UsePercentile, days: Double?, at now: MJD) {
        at = now.exactISO8601
        self.days = days
        self.percentile = percentile.rawValue
        leastSamples = percentile.leastSamples
        (memoryMargin, walltimeMargin) = (Self.memoryMargin, Self.walltimeMargin)
        rows = tally.uses.compactMap { Row($0.key, $0.value, percentile) }.sorted {
            ($1.idleCoreHours, $1.idleMemoryHours, $0.executable)
                < ($0.idleCoreHours, $0.idleMemoryHours, $1.executable)
        }
        attempts = rows.reduce(0) { $0 + $1.attempts }
        coreHours = rows.reduce(0) { $0 + $1.coreHours }
        idleCoreHours = rows.reduce(0) { $0 + $1.idleCoreHours }
    }

    /// What would have held a part of what was used.
    static func request(busyCores: Double, peak: Double, seconds: Double) -> Request {
        Request(
            cores: max(1, whole(busyCores - coreTolerance)),
            memory: max(Scouts.leastMemory, whole(peak * (1 + memoryMargin))),
            walltime: max(Scouts.leastWalltime, Double(whole(seconds * (1 + walltimeMargin)))))
    }

    /// Rounded up; what the arithmetic adds to a whole number does not make it the next one.
    private static func whole(_ number: Double) -> Int {
        Int(min(max(0, number - 1e-6), 1e12).rounded(.up))
    }
}

extension WasteReport.Row {
    fileprivate init?(_ executable: String, _ use: UseTally.Use, _ percentile: UsePercentile) {
        guard let last = use.last else { return nil }
        self.executable = executable
        pipelines = use.pipelines.sorted()
        attempts = use.attempts
        samples = use.peaks.count
        requested = .init(cores: last.cores, memory: last.memory, walltime: last.walltime)
        cores = .init(use.busyCores, percentile)
        memory = .init(use.peaks, percentile)
        walltime = .init(use.seconds, percentile)
        coreHours = use.coreSeconds / 3600
        idleCoreHours = use.idleCoreSeconds / 3600
        memoryHours = use.memorySeconds / 1024 / 3600
        idleMemoryHours = use.idleMemorySeconds / 1024 / 3600
        suggested = nil
        if samples >= percentile.leastSamples, let cores, let memory, let walltime {
            suggested = WasteReport.request(
                busyCores: cores.percentile, peak: memory.percentile,
                seconds: walltime.percentile)
        }
    }
}

extension WasteReport.Figures {
    fileprivate init?(_ values: [Double], _ percentile: UsePercentile) {
        guard let part = percentile.of(values), let most = values.max() else { return nil }
        mean = values.reduce(0, +) / Double(values.count)
        self.percentile = part
        max = most
    }
}

extension WasteReport {
    /// A line for each executable, and what was reckoned with.
    public var text: String {
        guard !rows.isEmpty else { return "no attempt has ended" }
        var table = TextTable(
            "EXECUTABLE", .right("ATTEMPTS"), .right("IDLE CORE h"), .right("OF"),
            .right("IDLE GiB h"), .right("CORES"), .right("BUSY"), .right("MiB"),
            .right("\(percentile) %"), .right("WALLTIME"), .right("\(percentile) %"),
            .right("SAMPLES"), "SUGGESTED")
        for row in rows {
            table.add(
                row.executable, "\(row.attempts)", Words.tenths(row.idleCoreHours),
                Words.tenths(row.coreHours), Words.tenths(row.idleMemoryHours),
                "\(row.requested.cores)", row.cores.map { Words.tenths($0.percentile) } ?? "",
                "\(row.requested.memory)", row.memory.map { Words.tenths($0.percentile) } ?? "",
                Words.time(row.requested.walltime), Words.time(row.walltime?.percentile),
                "\(row.samples)", row.suggestion(leastSamples))
        }
        return table.text + "\n" + terms
    }

    /// How suggestions are made.
    public var terms: String {
        "Suggested: what \(percentile) % of the completed attempts did not exceed; of memory "
            + "\(Int((memoryMargin * 100).rounded())) % more, of walltime "
            + "\(Int((walltimeMargin * 100).rounded())) % more, of busy cores rounded up; "
            + "nothing below \(leastSamples) completed attempts."
    }
}

extension WasteReport.Row {
    /// The suggested request, or why there is none.
    public func suggestion(_ least: Int) -> String {
        guard let suggested else { return "too few: \(samples) of \(least)" }
        return
            "\(suggested.cores) cores, \(suggested.memory) MiB, \(Words.time(suggested.walltime))"
    }
}
