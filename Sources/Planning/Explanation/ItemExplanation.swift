public import GroundSegment

/// Why an observation or tile is where a plan has it: what each other pair of SDCs would cost
/// with everything else as it is, and which rules forbid it.
///
/// Costs are differences of the exact integer cost, not estimates.  A change that moves several
/// items together may still be cheaper.
public struct ItemExplanation: Sendable {
    /// A pair of SDCs for the item.
    public struct Option: Sendable {
        public let assignment: Assignment
        /// More copies (C1) and external data (C2) than now; negative where it is less.
        public let copies: Int
        public let copyVolume: Terabytes
        public let externalVolume: Terabytes
        /// More copies that tiles' secondaries would need (F), and what they count.
        public let failovers: Int
        public let failoverCost: Terabytes
        /// Cells that come to lie outside a tolerance.
        public let broken: Set<CellStanding>
        /// Cells that come back into their tolerance or rule.
        public let mended: Set<CellStanding>
        /// The rules on the item that forbid the pair.
        public let forbidding: [HardRule]
        /// Sums that come to break a hard rule.
        public let breaches: Set<CellStanding>
        /// Whether the pair may be chosen.
        public var isAllowed: Bool { forbidding.isEmpty && breaches.isEmpty }
        /// C1 + C2 + F.
        public var extra: Terabytes { copyVolume + externalVolume + failoverCost }
    }

    public let item: ItemID
    public let assignment: Assignment
    /// When it arrives or is ready.
    public let instant: MJD
    /// The bucket's name.
    public let bucket: String
    /// Why it differs from the plan's base; `nil` where it does not or there is none.
    public let cause: ChangeCause?
    /// What overlaps it, with their SDCs: an observation's tiles, a tile's observations.
    public let partners: [(item: ItemID, assignment: Assignment)]
    /// External data that its primary spares or has to fetch, TB by SDC; empty for an
    /// observation.
    public let external: [ID<SDC>: Terabytes]
    /// Every other pair, the best first: allowed before forbidden, fewest cells outside, least
    /// cost.
    public let options: [Option]

    /// The allowed pair that is next best.
    public var nextBest: Option? { options.first { $0.isAllowed } }

    /// The best pair with an SDC in a role.
    public func best(_ sdc: ID<SDC>, as role: Role) -> Option? {
        options.first { $0.assignment[role] == sdc }
    }

    /// The explanation of `item` in `plan`; `nil` where the plan has no such item.
    public init?(_ item: ItemID, in plan: Plan) {
        let problem = Problem(plan)
        let items = problem.items
        guard let index = items[item] else { return nil }
        let distribution = plan.distribution
        let assignments = plan.assignments
        self.item = item
        instant = items.instants[index]
        bucket = distribution.buckets.name(items.buckets[index])
        assignment = assignments[index]
        partners = problem.partners[index].map {
            (items.ids[Int($0)], assignments[Int($0)])
        }
        if items.isObservation(index) {
            cause = distribution.observations[index].cause
            external = [:]
        } else {
            cause = distribution.tiles[index - items.observationCount].cause
            external = Dictionary(
                uniqueKeysWithValues: problem.sdcs.enumerated().map {
                    ($1.id, Terabytes(problem.external[index, $0]))
                })
        }
        options = PlacementTrial(problem, placement: Placement(plan)).options(index)
    }
}
