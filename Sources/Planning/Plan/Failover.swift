public import GroundSegment

/// A plan in which other SDCs do what one would have done.
///
/// The secondary of an item has its data and becomes its primary; the lost SDC stays the
/// secondary, so that it holds a replica again once it is back.  Where the secondary is down when
/// an observation arrives, has no capacity left in the bucket or its line none (H6), the SDC with
/// the most capacity that can takes the item, and the secondary stays.  Where no SDC can take it,
/// it waits for the lost one.
public struct Failover: Sendable {
    /// The plan with the moved items, whose cause is `failover`.
    public let plan: Plan
    /// The moved items with their new SDCs, observations first.
    public let moved: [(item: ItemID, assignment: Assignment)]
    /// The items that no SDC can take, observations first.
    public let waits: [Wait]

    /// An item that waits for the lost SDC.
    public struct Wait: Sendable, Hashable {
        public let item: ItemID
        /// The number of the bucket that it counts in.
        public let bucket: Int
        public let reason: Reason
    }

    /// Why no other SDC can take an item.
    public enum Reason: Error, Hashable, CaseIterable {
        /// Each of them that is up has too little capacity left in the bucket.
        case capacity
        /// Some have capacity left, and no line has room for what the item would move.
        case transfer
        /// All of them are down when the observation arrives, or lost as well.
        case outage
    }

    public var waiting: [ItemID] { waits.map(\.item) }

    /// - Parameters:
    ///   - sdc: the SDC that is lost.
    ///   - base: the plan in force.
    ///   - window: observations that arrive and tiles that are ready in it; `nil` for all.
    ///   - done: what has been processed already and need not move.
    ///   - others: SDCs that are lost as well, which get nothing.
    public init(
        of sdc: ID<SDC>, in base: Plan, window: TimeWindow? = nil, except done: Set<ItemID> = [],
        besides others: Set<ID<SDC>> = []
    ) {
        var promotion = Promotion(base, lost: sdc, others)
        var moved: [(item: ItemID, assignment: Assignment)] = []
        var waits: [Wait] = []
        func promoted(
            _ item: ItemID, _ assignment: Assignment, _ work: CoreHours, at instant: MJD,
            in bucket: Int
        ) -> Assignment? {
            guard assignment.primary == sdc, window?.contains(instant) ?? true,
                !done.contains(item)
            else { return nil }
            switch promotion.move(item, assignment, work, at: instant, in: bucket) {
            case .success(let chosen):
                moved.append((item, chosen))
                return chosen
            case .failure(let reason):
                waits.append(Wait(item: item, bucket: bucket, reason: reason))
                return nil
            }
        }
        let old = base.distribution
        let observations = old.observations.map { entry in
            let chosen = promoted(
                .observation(entry.observation.id), entry.assignment,
                old.processing.work(of: entry), at: entry.arrival, in: entry.bucket)
            return (chosen ?? entry.assignment, chosen == nil)
        }
        let tiles = old.tiles.map { entry in
            let chosen = promoted(
                .tile(entry.tile.id), entry.assignment, old.processing.work(of: entry),
                at: entry.ready, in: entry.bucket)
            return (chosen ?? entry.assignment, chosen == nil)
        }
        self.moved = moved
        self.waits = waits
        plan = base.reassigned(
            name: "\(old.name)-failover-\(sdc)", observations: observations, tiles: tiles)
    }
}

/// The work that SDCs have in each bucket, while items move to them.
private struct Promotion {
    private let lost: ID<SDC>
    private let others: Set<ID<SDC>>
    private let sdcs: [SDC]
    private var free: [ID<SDC>: [CoreHours]] = [:]
    /// What may be over the capacity without a breach of H2.
    private var allowance: [ID<SDC>: [CoreHours]] = [:]
    /// What the lines carry; `nil` where none is limited.
    private let lines: LineRoom?

    init(_ plan: Plan, lost: ID<SDC>, _ others: Set<ID<SDC>>) {
        self.lost = lost
        self.others = others
        sdcs = plan.distribution.sdcs
        lines = LineRoom(plan)
        for load in plan.recounted.loads {
            free[load.sdc] = load.buckets.map { $0.capacity - $0.work }
            allowance[load.sdc] = load.buckets.map { $0.capacity * HardLimit.tolerance }
        }
    }

    mutating func move(
        _ item: ItemID, _ assignment: Assignment, _ work: CoreHours, at instant: MJD,
        in bucket: Int
    ) -> Result<Assignment, Failover.Reason> {
        let up = sdcs.filter {
            $0.id != lost && !others.contains($0.id)
                && (item.kind == .tile || $0.availability(at: instant) > 0)
        }
        let able = up.filter {
            (free[$0.id]?[bucket] ?? .zero) + (allowance[$0.id]?[bucket] ?? .zero) >= work
        }
        let widest = able.filter { $0.id != assignment.secondary }.enumerated().sorted {
            let (left, right) = (
                free[$0.element.id]?[bucket] ?? .zero, free[$1.element.id]?[bucket] ?? .zero
            )
            return left == right ? $0.offset < $1.offset : left > right
        }.map { Assignment(primary: $0.element.id, secondary: assignment.secondary) }
        let promoted = Assignment(primary: assignment.secondary, secondary: lost)
        let choices =
            able.contains { $0.id == assignment.secondary } ? [promoted] + widest : widest
        guard let chosen = choices.first(where: { lines?.take(item, $0) ?? true }) else {
            return .failure(up.isEmpty ? .outage : able.isEmpty ? .capacity : .transfer)
        }
        add(work * -1, to: chosen.primary, in: bucket)
        add(work, to: lost, in: bucket)
        return .success(chosen)
    }

    private mutating func add(_ work: CoreHours, to sdc: ID<SDC>, in bucket: Int) {
        free[sdc]?[bucket] += work
    }
}

extension Plan {
    /// The same plan with other SDCs, recounted; an assignment that is not kept has the cause
    /// `failover`.
    fileprivate func reassigned(
        name: String, observations: [(assignment: Assignment, isKept: Bool)],
        tiles: [(assignment: Assignment, isKept: Bool)]
    ) -> Plan {
        let checker = checker
        let observed = observations.map(\.assignment)
        let tiled = tiles.map(\.assignment)
        let copiesTo = checker.copiesTo(observations: observed, tiles: tiled)
        return Plan(
            distribution: Distribution(
                name: name, survey: distribution.survey, buckets: distribution.buckets,
                sdcs: distribution.sdcs, processing: distribution.processing,
                observations: distribution.observations.enumerated().map { index, entry in
                    AssignedObservation(
                        observation: entry.observation, arrival: entry.arrival,
                        bucket: entry.bucket, assignment: observed[index],
                        copiesTo: copiesTo[index],
                        cause: observations[index].isKept ? nil : .failover)
                },
                tiles: distribution.tiles.enumerated().map { index, entry in
                    AssignedTile(
                        tile: entry.tile, ready: entry.ready, bucket: entry.bucket,
                        assignment: tiled[index], overlaps: entry.overlaps,
                        cause: tiles[index].isKept ? nil : .failover)
                }),
            balance: balance, weights: weights,
            measures: checker.measures(observations: observed, tiles: tiled), bound: nil,
            search: search)
    }
}

/// What the lines of a plan's SDCs carry while items move (H6).
private struct LineRoom {
    private let state: SearchState
    private let items: PlannedItems
    private let places: [ID<SDC>: Int]

    /// `nil` where no line is limited.
    init?(_ plan: Plan) {
        guard plan.distribution.sdcs.contains(where: \.hasTransferLimit) else { return nil }
        let problem = Problem(plan)
        items = problem.items
        places = Dictionary(
            uniqueKeysWithValues: problem.sdcs.enumerated().map { ($1.id, $0) })
        state = SearchState(
            SearchModel(problem, bands: Bands(problem)), placement: Placement(plan))
    }

    /// Gives an item other SDCs, where no more lines are overfull with it; whether it has.
    func take(_ item: ItemID, _ assignment: Assignment) -> Bool {
        guard let index = items[item], let primary = places[assignment.primary],
            let secondary = places[assignment.secondary]
        else { return true }
        let (before, old) = (state.transferBreaches, state.pair(index))
        state.place(index, (primary, secondary))
        guard state.transferBreaches > before else { return true }
        state.place(index, old)
        return false
    }
}
