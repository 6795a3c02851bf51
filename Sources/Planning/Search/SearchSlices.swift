import GroundSegment

/// Cuts the period's buckets into slices of about equally many items.
///
/// Buckets share no cell of H2, T1 and T2, and few observations have tiles in several, so that
/// slices can be annealed side by side, and what one slice needs stays in a core's cache.
struct SearchSlices {
    /// Observations and tiles of each bucket.
    private let items: [Int]
    /// How many slices each annealer gets in a pass over all buckets.
    private let perAnnealer: Int
    /// Whether most tiles have all their observations in one slice.
    let areApart: Bool

    /// Items that a core's cache holds well.
    private static let cachedItems = 3000

    /// Items of a period that is worth cutting.
    private static let leastItems = 1000

    /// The part of all tiles that have to be local for the slices to be apart.
    private static let leastLocalPart = 0.7

    init(_ model: SearchModel) {
        items = (0..<model.bucketCount).map {
            Int(model.bucketObservationsStart[$0 + 1] - model.bucketObservationsStart[$0])
                + Int(model.bucketTilesStart[$0 + 1] - model.bucketTilesStart[$0])
        }
        let all = items.reduce(0, +)
        perAnnealer = max(
            1, min((all + 2 * Self.cachedItems - 1) / (2 * Self.cachedItems), items.count / 4))
        areApart =
            Self.localTiles(model) > Self.leastLocalPart * Double(model.tileCount)
            && model.bucketCount > 1 && all >= Self.leastItems
    }

    /// How many tiles have all their observations in one half of the period.
    private static func localTiles(_ model: SearchModel) -> Double {
        let middle = Int32(model.bucketCount / 2)
        let local = (0..<model.tileCount).filter { tile in
            let links = model.observationsOfStart[tile]..<model.observationsOfStart[tile + 1]
            let buckets = links.map { Int(model.observationsOf[Int($0)]) }
                .filter { $0 < model.observationCount }.map { model.observationBucket[$0] }
            return buckets.allSatisfy { $0 < middle } || buckets.allSatisfy { $0 >= middle }
        }
        return Double(local.count)
    }

    /// Pairs of slices that hold every bucket once.  Where slices are not apart, each of the only
    /// pair is everything.
    ///
    /// The cuts are elsewhere each time, the period taken as a ring, and so are the pairs: what
    /// overlaps both slices of one pair is free in another.
    func pairs(using random: inout SeededGenerator) -> [(first: [Int], second: [Int])] {
        guard areApart else { return [(Array(items.indices), Array(items.indices))] }
        let first = random.below(items.count)
        let count = 2 * perAnnealer
        let all = items.reduce(0, +)
        var slices = [[Int]](repeating: [], count: count)
        var before = 0
        for place in items.indices {
            let bucket = (first + place) % items.count
            let middle = before + items[bucket] / 2
            slices[min(count - 1, middle * count / max(1, all))].append(bucket)
            before += items[bucket]
        }
        slices.shuffle(using: &random)
        return (0..<perAnnealer).map { (slices[2 * $0], slices[2 * $0 + 1]) }
    }
}
