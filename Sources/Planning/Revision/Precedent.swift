public import GroundSegment

/// What earlier plans bind in a new one: the base that it revises and the periods before it
/// (DISTRIBUTION section 5).
public struct Precedent: Sendable {
    /// The distribution that counts until now.
    public enum Base: Sendable {
        case plan(Plan)
        /// Of which only the assignments are known.
        case table(AssignmentTable)
    }

    /// `nil` where planning starts afresh.
    public let base: Base?
    /// Digest of the base; `nil` where it has none of its own.
    public let digest: String?
    /// The items whose order a runner has taken: they keep their SDCs.
    public let taken: Set<ItemID>
    /// Earlier periods.
    public let history: History

    public init(
        base: Base? = nil, digest: String? = nil, taken: Set<ItemID> = [],
        history: History = History()
    ) {
        self.base = base
        self.digest = digest
        self.taken = taken
        self.history = history
    }

    /// The same with a plan as the base, or none.
    public init(
        base plan: Plan?, digest: String? = nil, taken: Set<ItemID> = [],
        history: History = History()
    ) {
        self.init(
            base: plan.map { .plan($0) }, digest: digest, taken: taken, history: history)
    }

    /// Nothing was planned before.
    public static let none = Precedent()

    /// Whether no item of a problem was planned before.
    var isNone: Bool { base == nil && history.tiles.isEmpty }

    /// The SDCs that a base that is a plan names and `sdcs` has not, sorted.
    public func missingSDCs(_ sdcs: [SDC]) -> [ID<SDC>] {
        guard case .plan(let plan) = base else { return [] }
        let named = plan.assignments.flatMap { [$0.primary, $0.secondary] }
        return Set(named).subtracting(sdcs.map(\.id)).sorted()
    }
}

extension Precedent.Base {
    /// The pairs of SDCs that it gives to its items, the first of equals.
    var assignments: [ItemID: Assignment] {
        switch self {
        case .plan(let plan):
            Dictionary(
                zip(PlannedItems(plan.distribution).ids, plan.assignments),
                uniquingKeysWith: { first, _ in first })
        case .table(let table): table.byItem.mapValues(\.assignment)
        }
    }

    /// How many of its items have other SDCs in `plan`.
    public func moves(to plan: Plan) -> Int {
        let before = assignments
        return zip(PlannedItems(plan.distribution).ids, plan.assignments).count {
            item, assignment in
            before[item].map { $0 != assignment } ?? false
        }
    }

    /// The base in the form in which it is compared with what is planned from now.
    func baseline(of now: PlanInputs, weights: Weights) -> Baseline {
        switch self {
        case .plan(let plan): Baseline(plan)
        case .table(let table): Baseline(table, of: now, weights: weights)
        }
    }
}

/// What the plans of earlier periods leave behind: observations with their replicas, and owners
/// of tiles.
public struct History: Sendable {
    /// Observations that start before the period, sorted by `Observation.precedes`.
    public let observations: [AssignedObservation]
    /// The last owners of each tile.
    public let tiles: [ID<Tile>: Assignment]

    /// No earlier period counts.
    public init() {
        observations = []
        tiles = [:]
    }

    /// What `plans` leave to a period.
    ///
    /// - Parameters:
    ///   - plans: newest first.  Of observations that start in the period of several, only the
    ///     newest of these plans counts.
    ///   - start: start of the period; only what starts before it counts.
    public init(_ plans: [Plan], before start: MJD) {
        var newer: [TimeWindow] = []
        var found: [AssignedObservation] = []
        var owners: [ID<Tile>: Assignment] = [:]
        for plan in plans.map(\.distribution) {
            guard plan.buckets.period.start < start else { continue }
            found += plan.observations.filter { entry in
                let instant = entry.observation.window.start
                return instant < start && !newer.contains { $0.contains(instant) }
            }
            for tile in plan.tiles where owners[tile.tile.id] == nil {
                owners[tile.tile.id] = tile.assignment
            }
            newer.append(plan.buckets.period)
        }
        observations = found.sorted { Observation.precedes($0.observation, $1.observation) }
        tiles = owners
    }
}
