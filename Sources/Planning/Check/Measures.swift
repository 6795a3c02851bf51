public import GroundSegment

/// What a distribution is worth, recounted from the inputs and the assignments alone
/// (DISTRIBUTION section 2).
public struct Measures: Sendable, Hashable {
    public let observations: Int
    public let tiles: Int
    public let overlaps: Int
    /// Breaches of the hard rules, each in one line.
    public let violations: [String]
    /// Cells outside a tolerance.
    public let outside: [OutsideCell]
    /// Copies for MER by source and destination.
    public let copies: [CopyRoute: Int]
    /// Volume of the copies (C1), of the external data (C2) and of what moves (C3).
    public let copyVolume: Terabytes
    public let externalVolume: Terabytes
    public let movedVolume: Terabytes
    /// Copies that the tiles' secondaries would need (F).
    public let failoverCopies: Int
    /// Their volume.
    public let failoverVolume: Terabytes
    /// Work beyond its band, over all work.
    public let workExcess: Double
    /// The longest wait of any SDC, days.
    public let longestGap: Double
    /// Work over capacity, of the whole period.
    public let utilisation: Double
    /// By SDC, in the case's order.
    public let loads: [SDCLoad]

    /// C1 + C2 + C3.
    public var cost: Terabytes { copyVolume + externalVolume + movedVolume }
    /// Assignments changed against the base without a cause (what S counts).
    public var freeAssignments = 0

    public var copyCount: Int { copies.values.reduce(0, +) }
}

/// A pair of SDCs between which data are copied.
public struct CopyRoute: Sendable, Hashable, Comparable {
    /// The observation's primary.
    public let from: ID<SDC>
    public let to: ID<SDC>

    public init(from: ID<SDC>, to: ID<SDC>) {
        self.from = from
        self.to = to
    }

    public static func < (left: CopyRoute, right: CopyRoute) -> Bool {
        (left.from, left.to) < (right.from, right.to)
    }
}

/// A measure of an SDC outside its tolerance.
public struct OutsideCell: Sendable, Hashable {
    public enum Tolerance: String, Sendable, Hashable, CaseIterable {
        case work = "T1", observations = "T2", storage = "T3", gap = "T4"
    }

    public let tolerance: Tolerance
    public let sdc: ID<SDC>
    /// Name of the bucket; `nil` for T3 and T4, which hold over the period.
    public let bucket: String?
    /// Core-hours, observations, TB or days.
    public let value: Double
    public let lower: Double
    public let upper: Double

    /// How far the value lies outside, relative to its target.
    public var relativeExcess: Double {
        max(lower - value, value - upper) / max((lower + upper) / 2, 1e-9)
    }
}

/// What an SDC gets.
public struct SDCLoad: Sendable, Hashable {
    public let sdc: ID<SDC>
    /// By bucket.
    public let buckets: [BucketLoad]
    public let primaryObservations: Int
    public let primaryTiles: Int
    /// New bytes over the period, both replicas counted.
    public let newVolume: Terabytes
    /// What T3 aims at.
    public let targetVolume: Terabytes
    /// The longest wait for a new primary observation, days.
    public let longestGap: Double
}

/// What an SDC gets in a bucket.
public struct BucketLoad: Sendable, Hashable {
    public let observations: Int
    public let tiles: Int
    public let work: CoreHours
    public let target: CoreHours
    public let capacity: CoreHours
}
