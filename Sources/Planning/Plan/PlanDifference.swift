public import GroundSegment

/// What distinguishes a plan from a base, change by change, each with its cause (DISTRIBUTION
/// section 5).
///
/// ```swift
/// let difference = PlanDifference(from: base, to: plan)
/// difference.count(.free)
/// ```
public struct PlanDifference: Sendable, Hashable {
    /// An item that has other SDCs, is new or is gone.
    public struct Change: Sendable, Hashable {
        public let item: ItemID
        /// Its bucket in the later plan; in the base where it is gone.
        public let bucket: String
        /// `nil` where the item is new.
        public let before: Assignment?
        /// `nil` where the item is gone.
        public let after: Assignment?
        public let cause: ChangeCause

        /// How many of the two assignments changed; 2 for an item that is new or gone.
        public var assignments: Int {
            guard let before, let after else { return 2 }
            return Role.allCases.count { before[$0] != after[$0] }
        }
    }

    /// What an SDC gained and lost in a bucket as primary.
    public struct Cell: Sendable, Hashable {
        public let sdc: ID<SDC>
        public let bucket: String
        /// Items that it gets, and that it gives away, by cause.
        public fileprivate(set) var gained: [ChangeCause: Int] = [:]
        public fileprivate(set) var lost: [ChangeCause: Int] = [:]
    }

    /// Observations in the later plan's order, then tiles, then what is gone.
    public let changes: [Change]
    /// Items of both plans.
    public let common: Int
    /// Items of both plans that are themselves what they were: bucket, overlaps, outages at
    /// their arrival, pins.
    public let unchangedItems: Int
    public let costBefore: Terabytes
    public let costAfter: Terabytes

    /// The difference from `base` to `plan`.
    public init(from base: Plan, to plan: Plan) {
        let baseline = Baseline(base)
        let causes = ChangeCauses(from: baseline, to: plan)
        let earlier = causes.changes.earlier
        let before = baseline.assignments
        let after = plan.assignments
        let items = PlannedItems(plan.distribution)
        let buckets = plan.distribution.buckets
        let present = items.indices.compactMap { index -> Change? in
            guard let cause = causes.causes[index] else { return nil }
            return Change(
                item: items.ids[index], bucket: buckets.name(items.buckets[index]),
                before: earlier[index].map { before[$0] }, after: after[index], cause: cause)
        }
        let old = baseline.inputs
        let gone = causes.changes.dropped.map { index in
            Change(
                item: old.items.ids[index], bucket: old.buckets.name(old.items.buckets[index]),
                before: before[index], after: nil, cause: .survey)
        }
        changes = present + gone
        common = earlier.count { $0 != nil }
        unchangedItems = causes.changes.own.count { $0 == nil }
        costBefore = base.measures.cost
        costAfter = plan.measures.cost
    }

    public var isEmpty: Bool { changes.isEmpty }

    /// How many changes have `cause`.
    public func count(_ cause: ChangeCause) -> Int { changes.count { $0.cause == cause } }

    /// Items of both plans that changed an SDC.
    public var moved: [Change] { changes.filter { $0.before != nil && $0.after != nil } }

    /// Gains and losses of primary items by SDC and bucket, in this order, where there are any.
    public var cells: [Cell] {
        var cells: [[String]: Cell] = [:]
        for change in changes where change.before?.primary != change.after?.primary {
            if let sdc = change.after?.primary {
                let key = [sdc.text, change.bucket]
                cells[key, default: Cell(sdc: sdc, bucket: change.bucket)]
                    .gained[change.cause, default: 0] += 1
            }
            if let sdc = change.before?.primary {
                let key = [sdc.text, change.bucket]
                cells[key, default: Cell(sdc: sdc, bucket: change.bucket)]
                    .lost[change.cause, default: 0] += 1
            }
        }
        return cells.values.sorted { ($0.sdc, $0.bucket) < ($1.sdc, $1.bucket) }
    }
}
