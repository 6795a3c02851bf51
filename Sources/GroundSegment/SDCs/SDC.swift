/// A Science Data Centre of the ground segment, as the planner sees it.
public struct SDC: Hashable, Sendable {
    public let id: ID<SDC>
    public let name: String
    /// ISO 3166-1 alpha-2 code; empty where the description gives none.
    public let country: String
    /// Cores pledged to the ground segment.
    public let cores: Double
    /// The part of the core time that payloads can use, above 0 to 1.
    public let efficiency: Double
    /// Storage pledged.
    public let storage: Terabytes
    /// Storage occupied at the start of the plan.
    public let used: Terabytes
    /// The batch system of the site: `local`, `slurm`, `sge`, `pbs`, `htcondor`.
    public let batch: String
    /// Ground surveys whose data this centre ingests.
    public let ingests: [ExternalHolding]
    /// Announced maintenance, sorted by start.
    public let maintenance: [MaintenanceWindow]

    public init(
        id: ID<SDC>, name: String, country: String = "", cores: Double, efficiency: Double = 1,
        storage: Terabytes, used: Terabytes = .zero, batch: String = "local",
        ingests: [ExternalHolding] = [], maintenance: [MaintenanceWindow] = []
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.cores = cores
        self.efficiency = efficiency
        self.storage = storage
        self.used = used
        self.batch = batch
        self.ingests = ingests
        self.maintenance = maintenance.sorted()
    }

    /// The available part of the centre at an instant: the smallest of the windows that hold
    /// it, 1 where none does.
    public func availability(at instant: MJD) -> Double {
        maintenance.lazy.filter { $0.window.contains(instant) }.map(\.availability).min() ?? 1
    }

    /// The availability averaged over time within `span`.
    public func meanAvailability(over span: TimeWindow) -> Double {
        var cuts: Set<MJD> = [span.start, span.end]
        for window in maintenance.map(\.window) {
            for instant in [window.start, window.end]
            where instant > span.start && instant < span.end {
                cuts.insert(instant)
            }
        }
        let sorted = cuts.sorted()
        var sum = 0.0
        for (from, to) in zip(sorted, sorted.dropFirst()) {
            sum += (to - from) * availability(at: MJD((from.days + to.days) / 2))
        }
        return sum / span.days
    }

    /// The work that the centre can do within `span`.
    public func capacity(over span: TimeWindow) -> CoreHours {
        CoreHours(cores * efficiency * meanAvailability(over: span) * (span.days * 24))
    }
}
