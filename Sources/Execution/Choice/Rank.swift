public import GroundSegment

/// The place of a payload in line: what is less starts first.
///
/// In this order: the larger priority, one that is tried again before one that is not, the earlier
/// release, the run, the deeper in its run (where branches are to be finished before others are
/// begun), the larger priority of its node, the smaller number.
public struct Rank<RunKey: Hashable & Comparable & Sendable>: Hashable, Sendable, Comparable {
    /// Of its order, and an operator's of the run and of the payload, added up.
    public let priority: Int
    public let isRetry: Bool
    public let release: MJD
    public let run: RunKey
    /// 0 where depth is not looked at.
    public let depth: Int
    public let nodePriority: Int
    public let number: Int

    public init(
        priority: Int = 0, isRetry: Bool = false, release: MJD, run: RunKey, depth: Int = 0,
        nodePriority: Int = 0, number: Int
    ) {
        self.priority = priority
        self.isRetry = isRetry
        self.release = release
        self.run = run
        self.depth = depth
        self.nodePriority = nodePriority
        self.number = number
    }

    public static func < (left: Rank, right: Rank) -> Bool {
        if left.priority != right.priority { return left.priority > right.priority }
        if left.isRetry != right.isRetry { return left.isRetry }
        if left.release != right.release { return left.release < right.release }
        if left.run != right.run { return left.run < right.run }
        if left.depth != right.depth { return left.depth > right.depth }
        if left.nodePriority != right.nodePriority {
            return left.nodePriority > right.nodePriority
        }
        return left.number < right.number
    }
}
