/// The two places that an observation or tile has.
public enum Role: String, Hashable, Sendable, CaseIterable {
    case primary, secondary
}

/// The kinds of things that a distribution assigns.
public enum ItemKind: String, Hashable, Sendable, CaseIterable {
    case observation, tile
}

/// The primary and the secondary SDC of an observation or tile, never the same.
public struct Assignment: Hashable, Sendable {
    public let primary: ID<SDC>
    public let secondary: ID<SDC>

    public init(primary: ID<SDC>, secondary: ID<SDC>) {
        self.primary = primary
        self.secondary = secondary
    }

    public subscript(role: Role) -> ID<SDC> {
        switch role {
        case .primary: primary
        case .secondary: secondary
        }
    }

    public func contains(_ sdc: ID<SDC>) -> Bool { primary == sdc || secondary == sdc }
}

/// Why an assignment differs from the base's (DISTRIBUTION section 5).
public enum ChangeCause: String, Hashable, Sendable, CaseIterable {
    case survey, maintenance, capacity, pin, free
}
