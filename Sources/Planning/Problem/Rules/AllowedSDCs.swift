import GroundSegment

/// Which SDCs may take which role for each item, as bit sets by place in the list of SDCs: what
/// some of the rules on single items leave (see `ItemBindings`).
struct AllowedSDCs: Sendable {
    /// By item.
    private(set) var primary: [UInt64]
    private(set) var secondary: [UInt64]

    /// Every SDC for every item.
    init(sdcs count: Int, items: Int) {
        primary = Array(repeating: Self.all(count), count: items)
        secondary = primary
    }

    /// The set of all of `count` SDCs.
    static func all(_ count: Int) -> UInt64 {
        precondition(count <= PlanningCase.mostSDCs, "\(count) SDCs")
        return count == 64 ? .max : (1 << UInt64(count)) - 1
    }

    /// Leaves items those SDCs alone that are in a set.
    mutating func restrict(_ items: [ItemIndex], primary: UInt64, secondary: UInt64) {
        for item in items {
            self.primary[item] &= primary
            self.secondary[item] &= secondary
        }
    }

    /// Whether two different SDCs can be chosen for an item's roles (H1).
    func leavesPair(_ item: ItemIndex) -> Bool {
        let (primary, secondary) = (primary[item], secondary[item])
        return primary != 0 && secondary != 0
            && (primary != secondary || primary.nonzeroBitCount > 1)
    }

    func permits(_ item: ItemIndex, _ pair: (primary: Int, secondary: Int)) -> Bool {
        primary[item] >> UInt64(pair.primary) & 1 == 1
            && secondary[item] >> UInt64(pair.secondary) & 1 == 1
    }

    /// Whether an item may be where it was.
    func permits(_ item: ItemIndex, _ revision: Revision) -> Bool {
        revision.pair(item).map { permits(item, $0) } ?? false
    }

    /// The sets with everything that may not move in the search held where it is.
    func held(_ revision: Revision) -> AllowedSDCs {
        var result = self
        for item in revision.mayMove.indices where !revision.mayMove[item] {
            guard let pair = revision.pair(item), permits(item, pair) else { continue }
            result.primary[item] = 1 << UInt64(pair.primary)
            result.secondary[item] = 1 << UInt64(pair.secondary)
        }
        return result
    }

    /// The items that have more than one pair of SDCs to choose from.
    var choices: [ItemIndex] {
        primary.indices.filter {
            primary[$0].nonzeroBitCount > 1 || secondary[$0].nonzeroBitCount > 1
        }
    }
}
