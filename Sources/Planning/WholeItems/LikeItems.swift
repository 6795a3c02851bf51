import GroundSegment

/// Items that are interchangeable for the hard rules: of one kind and bucket, with the same work,
/// volume and external data, and with the same SDCs left in each role.
struct LikeItems: Hashable, Comparable, Sendable {
    let isObservation: Bool
    let bucket: Int
    /// The SDCs that may be primary and secondary, as bit sets.
    let primary: UInt64
    let secondary: UInt64
    /// Core-hours and TB of one of them.
    let work: Double
    let volume: Double
    /// The row of a tile's external data where transfers are limited; 0 elsewhere.
    let cover: Int

    static func < (left: LikeItems, right: LikeItems) -> Bool {
        let first = (left.bucket, left.isObservation ? 0 : 1, left.primary, left.secondary)
        let second = (right.bucket, right.isObservation ? 0 : 1, right.primary, right.secondary)
        return first == second
            ? (left.work, left.volume, left.cover) < (right.work, right.volume, right.cover)
            : first < second
    }

    /// The items of a scope in groups of like ones, sorted, each with its items in their order.
    ///
    /// - Parameter allowed: the SDCs that are left to each item in either role.
    static func groups(
        _ rules: HardRules, allowed: AllowedSDCs, scope: FeasibilityProgram.Scope
    ) -> [(key: LikeItems, items: [ItemIndex])] {
        let items = rules.items
        var groups: [LikeItems: [ItemIndex]] = [:]
        for item in items.indices {
            if case .bucket(let bucket) = scope, items.buckets[item] != bucket { continue }
            let key = LikeItems(
                isObservation: items.isObservation(item), bucket: items.buckets[item],
                primary: allowed.primary[item], secondary: allowed.secondary[item],
                work: rules.work[item], volume: rules.volume[item],
                cover: rules.transferLimits == nil || items.isObservation(item)
                    ? 0 : rules.external.row(of: item))
            groups[key, default: []].append(item)
        }
        return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
