public import GroundSegment

/// What one job of a task is for, and with it what the parts of the data sets are that it makes.
public enum JobUnit: String, Hashable, Sendable, CaseIterable {
    /// An observation.
    case observation
    /// A tile.
    case tile
    /// One of a given number of jobs that differ by their number alone, as simulations do.
    case number
    /// Everything at once: the task has one job.
    case campaign

    /// The kind of item that a job is for; `nil` where it is for none.
    public var itemKind: ItemKind? {
        switch self {
        case .observation: .observation
        case .tile: .tile
        case .number, .campaign: nil
        }
    }

    /// Whether jobs of `consumer` can tell which parts of a data set made by jobs of this unit
    /// they need: the same item or number, what overlaps, or all.
    public func canFeed(_ consumer: JobUnit) -> Bool {
        self == consumer || self == .campaign || consumer == .campaign
            || (itemKind != nil && consumer.itemKind != nil)
    }
}

/// One job's own unit: this observation, this tile, this number.
public enum JobKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    case item(ItemID)
    /// From 1.
    case number(Int)
    case campaign

    /// `tile 102154321`, `number 17`, `all`.
    public var description: String {
        switch self {
        case .item(let item): item.description
        case .number(let number): "number \(number)"
        case .campaign: "all"
        }
    }

    /// In the order that people look for: numbers by value, items in natural order.
    public static func < (left: JobKey, right: JobKey) -> Bool {
        switch (left, right) {
        case (.item(let one), .item(let other)): one.precedesNaturally(other)
        case (.number(let one), .number(let other)): one < other
        case (.campaign, .campaign): false
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .item: 0
        case .number: 1
        case .campaign: 2
        }
    }
}
