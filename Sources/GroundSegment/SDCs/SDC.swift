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
    /// What others' data may use to come in and to go out, Gbit/s; `nil` where there is no limit.
    public let ingress: Double?
    public let egress: Double?
    /// What other surveys use of the centre, sorted.
    public let reservations: [Reservation]

    public init(
        id: ID<SDC>, name: String, country: String = "", cores: Double, efficiency: Double = 1,
        storage: Terabytes, used: Terabytes = .zero, batch: String = "local",
        ingests: [ExternalHolding] = [], maintenance: [MaintenanceWindow] = [],
        ingress: Double? = nil, egress: Double? = nil, reservations: [Reservation] = []
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
        self.ingress = ingress
        self.egress = egress
        self.reservations = reservations.sorted()
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

    /// The work that the centre can do within `span`, without what is reserved for others.
    public func capacity(over span: TimeWindow) -> CoreHours {
        let all = CoreHours(
            cores * efficiency * meanAvailability(over: span) * (span.days * 24))
        guard !reservations.isEmpty else { return all }
        return max(.zero, all - reserved(within: span))
    }

    /// Cores that the centre has for the survey on average within `span`, which decide on its
    /// share.
    public func rate(over span: TimeWindow) -> Double {
        guard !reservations.isEmpty else {
            return cores * efficiency * meanAvailability(over: span)
        }
        return capacity(over: span).value / (span.days * 24)
    }

    /// The work within `span` that is reserved for others.
    public func reserved(within span: TimeWindow) -> CoreHours {
        reservations.reduce(.zero) { $0 + $1.work(within: span) }
    }

    /// Storage that is not free for the survey at the start of the plan: what is used, and what
    /// is reserved for others.
    public var occupied: Terabytes { reservations.reduce(used) { $0 + $1.volume } }

    /// The most that may come in or go out within `span` (H6); `nil` where there is no limit.
    public func transferLimit(_ direction: TransferDirection, over span: TimeWindow) -> Terabytes? {
        let rate = direction == .inward ? ingress : egress
        return rate.map {
            Terabytes(
                $0 * TransferDirection.terabytesPerHour * meanAvailability(over: span)
                    * (span.days * 24))
        }
    }

    /// Whether what comes in or goes out is limited.
    public var hasTransferLimit: Bool { ingress != nil || egress != nil }
}

/// Which way data go at an SDC (H6).
public enum TransferDirection: String, Hashable, Sendable, CaseIterable {
    case inward = "in"
    case outward = "out"

    /// TB that 1 Gbit/s carries in an hour.
    public static let terabytesPerHour = 0.45
}

extension SDC {
    /// The same centre with some values replaced.
    public func with(
        cores: Double? = nil, efficiency: Double? = nil, storage: Terabytes? = nil,
        used: Terabytes? = nil, maintenance: [MaintenanceWindow]? = nil, ingress: Double? = nil,
        egress: Double? = nil, reservations: [Reservation]? = nil
    ) -> SDC {
        SDC(
            id: id, name: name, country: country, cores: cores ?? self.cores,
            efficiency: efficiency ?? self.efficiency, storage: storage ?? self.storage,
            used: used ?? self.used, batch: batch, ingests: ingests,
            maintenance: maintenance ?? self.maintenance, ingress: ingress ?? self.ingress,
            egress: egress ?? self.egress, reservations: reservations ?? self.reservations)
    }
}
