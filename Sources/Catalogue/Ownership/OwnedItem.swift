public import GroundSegment
public import SkyGeometry

/// An observation or tile with everything that is published about who owns it.
public struct OwnedItem: Hashable, Sendable {
    public let id: ItemID
    /// The centre of the footprint or of the tile.
    public let centre: SkyPosition
    /// When it is observed; `nil` for a tile.
    public let window: TimeWindow?
    /// The inner area; `nil` for an observation.
    public let core: TileCore?
    /// What is known now, by start; of an item that the plans in force no longer have, the last
    /// thing that was known.
    public let holdings: [Holding]

    /// An assignment for a time of ownership.
    public struct Holding: Hashable, Sendable {
        public let assignment: Assignment
        /// The publication that made it.
        public let revision: Int
        public let validFrom: MJD
        /// Exclusive; `nil` without an end.
        public let validUntil: MJD?
        /// Whether it is still known; only an item's last holding may no longer be.
        public let isKnown: Bool

        /// Whether it holds at an instant.
        public func covers(_ instant: MJD) -> Bool {
            validFrom <= instant && validUntil.map { instant < $0 } ?? true
        }
    }

    /// The best holding for an instant, by the rule of `OwnershipStore`: the one that holds at
    /// it, then the newest still known, then the last one known.
    public func holding(at instant: MJD) -> (holding: Holding, coverage: Ownership.Coverage)? {
        var best: (holding: Holding, coverage: Ownership.Coverage)?
        for holding in holdings {
            let coverage: Ownership.Coverage =
                !holding.isKnown ? .dropped : holding.covers(instant) ? .covered : .newestPlan
            let isBetter =
                best.map { best in
                    (best.coverage.rank, best.holding.revision, best.holding.validFrom)
                        < (coverage.rank, holding.revision, holding.validFrom)
                } ?? true
            if isBetter { best = (holding, coverage) }
        }
        return best
    }

    /// From the first instant of ownership that is known to the last; `nil` for an end that is
    /// open.
    public var span: (start: MJD, end: MJD?)? {
        guard let start = holdings.map(\.validFrom).min() else { return nil }
        let ends = holdings.map(\.validUntil)
        return (start, ends.contains(nil) ? nil : ends.compactMap(\.self).max())
    }
}

extension Ownership.Coverage {
    /// The larger is the better answer.
    fileprivate var rank: Int {
        switch self {
        case .covered: 2
        case .newestPlan: 1
        case .dropped: 0
        }
    }
}
