/// The two places that an observation or tile has.
public enum Role: String, Hashable, Sendable, CaseIterable {
    case primary, secondary
}

/// The kinds of things that jobs are for: observations and tiles, which a distribution assigns, and
/// the numbers and campaigns of tasks whose jobs are for none of these.
public enum ItemKind: String, Hashable, Sendable, CaseIterable {
    case observation, tile
    /// One of a campaign's jobs that differ by their number alone.
    case number
    /// Everything of a campaign at once.
    case campaign

    /// The kinds that a distribution assigns.
    public static let allCases: [ItemKind] = [.observation, .tile]

    /// All kinds that an order can be of.
    public static let ofOrders: [ItemKind] = [.observation, .tile, .number, .campaign]

    /// Its place among them.
    var rank: Int {
        switch self {
        case .observation: 0
        case .tile: 1
        case .number: 2
        case .campaign: 3
        }
    }
}

/// The primary and the secondary SDC of an observation or tile, never the same.
public struct Assignment: Hashable, Sendable {
    public let primary: ID<SDC>
    public let secondary: ID<SDC>

    /// - Precondition: they differ; for what comes from a file or database there is
    ///   `init(validating:_:)`.
    public init(primary: ID<SDC>, secondary: ID<SDC>) {
        precondition(primary != secondary, "an assignment is to two SDCs")
        self.primary = primary
        self.secondary = secondary
    }

    /// The assignment to two SDCs that somebody else has named.
    ///
    /// - Throws: `SameSDCError` where they are one.
    public init(
        validating primary: ID<SDC>, _ secondary: ID<SDC>
    ) throws(SameSDCError) {
        guard primary != secondary else { throw SameSDCError(sdc: primary) }
        self.init(primary: primary, secondary: secondary)
    }

    public subscript(role: Role) -> ID<SDC> {
        switch role {
        case .primary: primary
        case .secondary: secondary
        }
    }

    public func contains(_ sdc: ID<SDC>) -> Bool { primary == sdc || secondary == sdc }
}

/// One SDC was named as primary and as secondary.
public struct SameSDCError: Error, Hashable, Sendable, CustomStringConvertible {
    public let sdc: ID<SDC>

    public init(sdc: ID<SDC>) {
        self.sdc = sdc
    }

    /// `SDC-FR as both, expected two SDCs`.
    public var description: String { "\(sdc) as both, expected two SDCs" }
}

/// Why an assignment differs from the base's (DISTRIBUTION section 5).
public enum ChangeCause: String, Hashable, Sendable, CaseIterable {
    case survey, maintenance, capacity, pin, free
    /// Another SDC does what a lost one would have done: only a failover's plan has it.
    case failover
}
