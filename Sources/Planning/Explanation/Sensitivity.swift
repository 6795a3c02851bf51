public import GroundSegment
public import LinearProgramming

/// What one more unit of a resource at an SDC would save, found by planning the changed case
/// anew with the same seed and number of steps.
///
/// A search finds good plans, not the best: other seeds give other costs for the same case.  A
/// saving within that spread says nothing.
public struct Sensitivity: Sendable {
    /// How much more of a resource is tried.
    public struct Units: Sendable {
        public var cores: Double
        public var storage: Terabytes
        /// Of the mean availability over the period, 0.01 for a percentage point.
        public var availability: Double
        /// Of a line that is limited, Gbit/s.
        public var rate: Double

        public init(
            cores: Double = 100, storage: Terabytes = Terabytes(100), availability: Double = 0.01,
            rate: Double = 0.05
        ) {
            self.cores = cores
            self.storage = storage
            self.availability = availability
            self.rate = rate
        }

        /// All of them by the same factor.
        func times(_ factor: Double) -> Units {
            Units(
                cores: cores * factor, storage: storage * factor,
                availability: availability * factor, rate: rate * factor)
        }
    }

    public enum Resource: String, Sendable, CaseIterable {
        case cores, storage, availability, ingress, egress
    }

    /// What was found for one SDC and resource.
    public struct Entry: Sendable {
        public let sdc: ID<SDC>
        public let resource: Resource
        /// How much more was tried: cores, TB, part of the period, or Gbit/s.
        public let unit: Double
        /// Less cost (C1 + C2 + C3) than as it is; negative where it is more.
        public let cost: Terabytes
        /// Less cost and failover (F) together.
        public let total: Terabytes
        /// Fewer cells outside a tolerance.
        public let cells: Int
    }

    /// Seeds whose plans of the unchanged case show the search's own spread.
    public static let seeds: UInt64 = 3

    public let entries: [Entry]
    /// Cost and failover of the unchanged case, as the case's seed finds it.
    public let total: Terabytes
    /// The largest difference of cost and failover between seeds.
    public let spread: Terabytes
    /// Steps of each search.
    public let steps: Int

    /// Plans the case as it is and with each unit more.
    ///
    /// - `grows`: whether a unit whose saving is within the search's own spread is tried four and
    ///   sixteen times as large, until one is beyond it.
    /// - `sdcs`: the SDCs that are tried.
    /// - `progress`: called with each plan's number and how many there will be.
    /// - Throws: `PlanningError` where the case as it is has no plan.
    public init(
        _ problem: Problem, units: Units, grows: Bool = false, sdcs: [ID<SDC>],
        solver: some Solver, progress: (Int, Int) -> Void
    ) throws(PlanningError) {
        let changes = Self.changes(problem.planningCase, units: units, sdcs: sdcs)
        let count = Int(Self.seeds) + changes.count
        func plan(
            _ changes: [CaseChange], seed: UInt64, number: Int
        ) throws(PlanningError) -> Plan {
            progress(number, count)
            var options = problem.planningCase.options
            options.seed &+= seed
            var timings = StageTimings()
            return try Planner(solver: solver).plan(
                Problem(
                    problem.planningCase.applying(changes).with(options: options),
                    overlaps: problem.overlaps),
                timings: &timings)
        }
        var plans: [Plan] = []
        for seed in 0..<Self.seeds {
            plans.append(try plan([], seed: seed, number: plans.count + 1))
        }
        let totals = plans.map(\.total.value)
        let now = plans[0]
        let spread = Terabytes((totals.max() ?? 0) - (totals.min() ?? 0))
        var entries: [Entry] = []
        for (number, change) in changes.enumerated() {
            var entry: Entry?
            for factor in grows ? Self.growth : [1] {
                let larger = Self.changes(
                    problem.planningCase, units: units.times(factor), sdcs: [change.sdc]
                ).first { $0.resource == change.resource }
                guard let larger, larger.unit != entry?.unit else { break }
                let then = try plan(larger.changes, seed: 0, number: plans.count + number + 1)
                let found = Entry(
                    sdc: change.sdc, resource: change.resource, unit: larger.unit,
                    cost: now.measures.cost - then.measures.cost, total: now.total - then.total,
                    cells: now.measures.outside.count - then.measures.outside.count)
                entry = found
                if abs(found.total.value) > spread.value { break }
            }
            if let entry { entries.append(entry) }
        }
        self.entries = entries
        total = now.total
        self.spread = spread
        steps = now.search.steps
    }

    /// How many times a unit is tried.
    private static let growth: [Double] = [1, 4, 16]

    /// Whether an entry's saving is no larger than the search's own spread.
    public func isNoise(_ entry: Entry) -> Bool { abs(entry.total.value) <= spread.value }

    private static func changes(
        _ planningCase: PlanningCase, units: Units, sdcs: [ID<SDC>]
    ) -> [(sdc: ID<SDC>, resource: Resource, unit: Double, changes: [CaseChange])] {
        planningCase.sdcs.filter { sdcs.contains($0.id) }.flatMap { sdc in
            // No SDC is available for more than all of the time.
            let available = min(
                units.availability, 1 - sdc.meanAvailability(over: planningCase.period))
            let all: [(sdc: ID<SDC>, resource: Resource, unit: Double, changes: [CaseChange])] = [
                (sdc.id, .cores, units.cores, [.cores(sdc.id, sdc.cores + units.cores)]),
                (
                    sdc.id, .storage, units.storage.value,
                    [.storage(sdc.id, sdc.storage + units.storage)]
                ),
                (
                    sdc.id, .availability, available,
                    better(sdc, by: units.availability, over: planningCase.period)
                ),
                (
                    sdc.id, .ingress, units.rate,
                    sdc.ingress.map { [.rate(sdc.id, .inward, $0 + units.rate)] } ?? []
                ),
                (
                    sdc.id, .egress, units.rate,
                    sdc.egress.map { [.rate(sdc.id, .outward, $0 + units.rate)] } ?? []
                ),
            ]
            return all.filter { !$0.changes.isEmpty }
        }
    }

    /// The windows that an SDC would have if its mean availability were better, each in
    /// proportion; none where it has no maintenance.
    private static func better(
        _ sdc: SDC, by availability: Double, over period: TimeWindow
    ) -> [CaseChange] {
        let missing = 1 - sdc.meanAvailability(over: period)
        guard missing > 1e-9 else { return [] }
        let part = min(1, availability / missing)
        return sdc.maintenance.filter { $0.window.intersection(period) != nil }.map { window in
            .window(
                sdc.id, from: window,
                to: MaintenanceWindow(
                    window: window.window,
                    availability: window.availability + (1 - window.availability) * part,
                    summary: window.summary, uid: window.uid))
        }
    }
}

extension Plan {
    /// Cost and failover, as the search weighs them.
    var total: Terabytes {
        measures.cost + measures.failoverVolume * weights.failover
    }
}
