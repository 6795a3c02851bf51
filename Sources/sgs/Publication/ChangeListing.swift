import Catalogue
import GroundSegment

/// What a publication would change, for reading: by the SDC that gets an item as primary, then by
/// bucket, then, where that is asked for, by item in natural order; what is dropped comes last.
struct ChangeListing {
    let lines: [String]

    /// - Parameters:
    ///   - distribution: the one to be published, which knows the items' buckets.
    ///   - listsItems: whether each item is listed, too.
    init(_ changes: [OwnershipChange], of distribution: Distribution, listsItems: Bool) {
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
            [Self.heading(place, changes, distribution.buckets)]
                + (listsItems
                    ? changes.sorted { $0.item.precedesNaturally($1.item) }.map {
                        "  " + Self.line($0)
                    } : [])
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

    /// `SDC-FR 2027-01-04: 14 moved (12 maintenance, 2 free), 3 new`.
    private static func heading(
        _ place: Place, _ changes: [OwnershipChange], _ buckets: Buckets
    ) -> String {
        guard let sdc = place.sdc else { return "dropped: \(changes.count)" }
        let moved = changes.filter { $0.previous != nil }
        let causes = ChangeCause.allCases.compactMap { cause in
            let count = moved.count { $0.cause == cause }
            return count > 0 ? "\(count) \(cause.rawValue)" : nil
        }
        let list = causes.isEmpty ? "" : " (\(causes.joined(separator: ", ")))"
        let parts = [
            moved.isEmpty ? nil : "\(moved.count) moved\(list)",
            moved.count < changes.count ? "\(changes.count - moved.count) new" : nil,
        ]
        return "\(sdc) \(buckets.name(place.bucket)): "
            + parts.compactMap { $0 }.joined(separator: ", ")
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
