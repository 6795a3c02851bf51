import Catalogue
import GroundSegment
import Planning

/// Which observations lie on which tiles, by the plans in force.
struct ItemOverlaps: Sendable {
    /// An observation that lies on a tile.
    struct Overlap: Hashable, Sendable {
        let observation: ID<Observation>
        let tile: ID<Tile>
        /// The part of the tile's outer area that it covers, 0 to 1.
        let fraction: Double
        /// The plan that says so.
        let plan: String
        let revision: Int

        /// The other one than `item`.
        func other(than item: ItemID) -> ItemID {
            item.kind == .tile ? .observation(observation) : .tile(tile)
        }
    }

    private let byItem: [ItemID: [Overlap]]

    init(_ plans: [(published: PublishedPlan, plan: Plan)]) {
        var byItem: [ItemID: [Overlap]] = [:]
        for (published, plan) in plans.sorted(by: Self.precedes) {
            for entry in plan.distribution.tiles {
                for overlap in entry.overlaps {
                    let overlap = Overlap(
                        observation: overlap.observation, tile: entry.tile.id,
                        fraction: overlap.fraction, plan: published.name,
                        revision: published.revision)
                    byItem[.tile(overlap.tile), default: []].append(overlap)
                    byItem[.observation(overlap.observation), default: []].append(overlap)
                }
            }
        }
        self.byItem = byItem
    }

    private static func precedes(
        _ left: (published: PublishedPlan, plan: Plan),
        _ right: (published: PublishedPlan, plan: Plan)
    ) -> Bool {
        (left.published.period.start, left.published.revision)
            < (right.published.period.start, right.published.revision)
    }

    /// What overlaps an item, by the plans' starts, then by identifier in natural order.
    subscript(item: ItemID) -> [Overlap] {
        let overlaps = byItem[item] ?? []
        var places: [Int: Int] = [:]
        for overlap in overlaps where places[overlap.revision] == nil {
            places[overlap.revision] = places.count
        }
        return overlaps.sorted { left, right in
            left.revision == right.revision
                ? left.other(than: item).precedesNaturally(right.other(than: item))
                : places[left.revision, default: 0] < places[right.revision, default: 0]
        }
    }
}
