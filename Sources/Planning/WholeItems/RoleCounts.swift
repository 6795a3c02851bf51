/// How many items of a group of like ones each SDC gets as primary and as secondary.
///
/// Pairs of two different SDCs exist for the counts exactly where no SDC has more items in both
/// roles together than there are: Hall's condition for a transport without its diagonal.
struct RoleCounts: Hashable, Sendable {
    /// By SDC.
    private(set) var primary: [Int]
    private(set) var secondary: [Int]
    private var left: Int

    /// - Parameters:
    ///   - primary: by SDC; the items are their sum.
    ///   - secondary: by SDC; the same sum.
    init(primary: [Int], secondary: [Int]) {
        self.primary = primary
        self.secondary = secondary
        left = primary.reduce(0, +)
    }

    /// Whether pairs for all items exist.
    var havePairs: Bool {
        left == secondary.reduce(0, +)
            && primary.indices.allSatisfy {
                primary[$0] >= 0 && secondary[$0] >= 0 && primary[$0] + secondary[$0] <= left
            }
    }

    /// A pair for each item, the one that it prefers wherever the counts allow that, then one
    /// with the primary or the secondary of it.
    ///
    /// - Parameter preferred: a pair for each item of the group.
    /// - Precondition: `havePairs`.
    func pairs(
        near preferred: [(primary: Int, secondary: Int)]
    ) -> [(primary: Int, secondary: Int)] {
        precondition(havePairs && preferred.count == left, "no pairs for \(self)")
        var rest = self
        var pairs = preferred
        var open: [Int] = []
        for (item, pair) in preferred.enumerated() where !rest.take(pair.primary, pair.secondary) {
            open.append(item)
        }
        for item in open { pairs[item] = rest.nearest(preferred[item]) }
        return pairs
    }

    /// Takes the first pair that leaves pairs for the rest, those near `wanted` first.
    private mutating func nearest(
        _ wanted: (primary: Int, secondary: Int)
    ) -> (primary: Int, secondary: Int) {
        let sdcs = Array(primary.indices)
        let primaries = [wanted.primary] + sdcs.filter { $0 != wanted.primary }
        let secondaries = [wanted.secondary] + sdcs.filter { $0 != wanted.secondary }
        for (first, second) in [([wanted.primary], secondaries), (primaries, secondaries)] {
            for one in first {
                for other in second where take(one, other) { return (one, other) }
            }
        }
        preconditionFailure("counts that have pairs have one for each item: \(self)")
    }

    /// Takes a pair out of the counts; false, and nothing is taken, where that leaves none for
    /// the rest.
    private mutating func take(_ one: Int, _ other: Int) -> Bool {
        guard one != other, primary.indices.contains(one), secondary.indices.contains(other),
            primary[one] > 0, secondary[other] > 0
        else { return false }
        let isFree = primary.indices.allSatisfy { sdc in
            sdc == one || sdc == other || primary[sdc] + secondary[sdc] < left
        }
        guard isFree else { return false }
        primary[one] -= 1
        secondary[other] -= 1
        left -= 1
        return true
    }
}
