import GroundSegment

/// The smallest convex polygon around the pairs of whole numbers (observations, tiles) that an SDC
/// may get in a bucket under H2, T1 and T2.
///
/// A distribution gives each SDC such a pair, so that the polygon's sides are valid inequalities
/// (Nemhauser & Wolsey 1988, Integer and Combinatorial Optimization, chapter II.1): a linear
/// program that has them cannot use parts of an item at the edge of a tolerance.
struct CountHull {
    /// `observations * a + tiles * b <= limit`, with whole coefficients.
    struct Side: Hashable {
        let observations: Int
        let tiles: Int
        let limit: Int

        /// The same side with the smallest coefficients.
        fileprivate var reduced: Side {
            var (divisor, rest) = (abs(observations), abs(tiles))
            while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
            guard divisor > 1 else { return self }
            return Side(
                observations: observations / divisor, tiles: tiles / divisor,
                limit: limit / divisor)
        }
    }

    /// The sides; those at the left and right are the least and greatest count of observations.
    let sides: [Side]

    /// The most counts of observations that are looked at.
    private static let mostCounts = 100_000

    /// A pair of counts.
    private struct Point: Hashable {
        let observations: Int
        let tiles: Int

        /// Twice the area of the triangle with two more points; positive where they turn left.
        func area(_ first: Point, _ second: Point) -> Int {
            (first.observations - observations) * (second.tiles - tiles)
                - (first.tiles - tiles) * (second.observations - observations)
        }
    }

    /// - Parameters:
    ///   - observations: what T2 allows.
    ///   - work: what T1 allows, core-hours.
    ///   - capacity: core-hours that can be done at all.
    ///   - observationWork: core-hours of each observation.
    ///   - tileWork: core-hours of each tile.
    ///   - tiles: tiles of the bucket.
    /// - Returns: `nil` where no pair is allowed, or where there are too many to look at.
    init?(
        observations: Bands.Band, work: Bands.Band, capacity: Double, observationWork: Double,
        tileWork: Double, tiles: Int
    ) {
        let slack = Bands.roundingTolerance
        let least = max(0, (observations.lower - slack).rounded(.up))
        let greatest = (observations.upper + slack).rounded(.down)
        guard least <= greatest, greatest - least < Double(Self.mostCounts), tileWork > 0 else {
            return nil
        }
        var fewest: [Point] = []
        var most: [Point] = []
        for count in Int(least)...Int(greatest) {
            let observed = Double(count) * observationWork
            let room = min(work.upper, capacity) + slack - observed
            let low = max(0, ((work.lower - slack - observed) / tileWork).rounded(.up))
            let high = min(Double(tiles), (room / tileWork).rounded(.down))
            guard low <= high else { continue }
            fewest.append(Point(observations: count, tiles: Int(low)))
            most.append(Point(observations: count, tiles: Int(high)))
        }
        guard let left = fewest.first, let right = fewest.last else { return nil }
        let around = Self.chain(fewest) + Self.chain(most.reversed())
        sides =
            [
                Side(observations: -1, tiles: 0, limit: -left.observations),
                Side(observations: 1, tiles: 0, limit: right.observations),
            ]
            + (around.isEmpty ? Self.edges(of: left, most[0]) : around)
    }

    /// The pairs of at most so many observations and tiles that keep one limit alone.
    ///
    /// - Parameter keeps: whether a pair keeps it; where one does, so does each with fewer.
    /// - Returns: `nil` where not even no item at all keeps it.
    init?(observations: Int, tiles: Int, keeps: (_ observations: Int, _ tiles: Int) -> Bool) {
        var most: [Point] = []
        var high = tiles
        for count in 0...max(0, observations) {
            while high >= 0, !keeps(count, high) { high -= 1 }
            guard high >= 0 else { break }
            most.append(Point(observations: count, tiles: high))
        }
        guard let left = most.first, let right = most.last else { return nil }
        let above = Self.chain(most.reversed())
        let all =
            [Side(observations: 1, tiles: 0, limit: right.observations)]
            + (above.isEmpty ? [Side(observations: 0, tiles: 1, limit: left.tiles)] : above)
        sides = all.map(\.reduced).filter {
            $0.observations * observations + $0.tiles * tiles > $0.limit
        }
    }

    /// The sides of the part of the hull that turns left along points in order of observations
    /// (the monotone chain: Andrew 1979, Information Processing Letters 9, 216).
    private static func chain(_ points: [Point]) -> [Side] {
        var corners: [Point] = []
        for point in points {
            while corners.count > 1,
                corners[corners.count - 2].area(corners[corners.count - 1], point) <= 0
            {
                corners.removeLast()
            }
            corners.append(point)
        }
        return zip(corners, corners.dropFirst()).map { from, to in
            let along = to.observations - from.observations
            let rise = to.tiles - from.tiles
            return Side(
                observations: rise, tiles: -along,
                limit: rise * from.observations - along * from.tiles)
        }
    }

    /// The sides below and above where only one count of observations is allowed.
    private static func edges(of low: Point, _ high: Point) -> [Side] {
        [
            Side(observations: 0, tiles: -1, limit: -low.tiles),
            Side(observations: 0, tiles: 1, limit: high.tiles),
        ]
    }
}
