import Catalogue
import GroundSegment

/// What a publication would change, for reading: by the SDC that gets an item as primary, then by
/// bucket, then by item in natural order; what is dropped comes last.
struct ChangeListing {
    let lines: [String]

    /// - Parameter distribution: the one to be published, which knows the items' buckets.
    init(_ changes: [OwnershipChange], of distribution: Distribution) {
        var buckets: [ItemID: Int] = [:]
        for entry in distribution.observations {
            buckets[.observation(entry.observation.id)] = entry.bucket
        }
        for entry in distribution.tiles { buckets[.tile(entry.tile.id)] = entry.bucket }
        var groups: [Place: [OwnershipChange]] = [:]
        for change in changes {
            let place = Place(sdc: change.assignment?.primary, bucket: buckets[change.item] ?? 0)
            groups[place, default: []].append(change)
        }
        lines = groups.sorted { $0.key < $1.key }.flatMap { place, changes in
            [Self.heading(place, changes.count, distribution.buckets)]
                + changes.sorted { $0.item.precedesNaturally($1.item) }.map { "  " + Self.line($0) }
        }
    }

    /// An SDC, or `nil` for what is dropped, and a bucket.
    private struct Place: Hashable, Comparable {
        let sdc: ID<SDC>?
        let bucket: Int

        static func < (left: Place, right: Place) -> Bool {
            switch (left.sdc, right.sdc) {
            case (let one?, let other?): (one, left.bucket) < (other, right.bucket)
            case (nil, nil): left.bucket < right.bucket
            case (_, nil): true
            case (nil, _): false
            }
        }
    }

    private static func heading(_ place: Place, _ count: Int, _ buckets: Buckets) -> String {
        guard let sdc = place.sdc else { return "dropped: \(count)" }
        return "\(sdc) \(buckets.name(place.bucket)): \(count)"
    }

    /// One change: the item, its SDCs before and after, and the cause.
    private static func line(_ change: OwnershipChange) -> String {
        func pair(_ assignment: Assignment?) -> String {
            assignment.map { "\($0.primary)/\($0.secondary)" } ?? "none"
        }
        return "\(change.item): \(pair(change.previous)) to \(pair(change.assignment))"
            + (change.cause.map { " (\($0.rawValue))" } ?? "")
    }
}
