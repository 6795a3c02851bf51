import GroundSegment
import Testing

@testable import Planning

@Suite("Count hull")
struct CountHullTests {
    private static func band(_ range: ClosedRange<Double>) -> Bands.Band {
        Bands.Band(
            target: (range.lowerBound + range.upperBound) / 2, lower: range.lowerBound,
            upper: range.upperBound)
    }

    private static func holds(_ hull: CountHull, _ observations: Int, _ tiles: Int) -> Bool {
        hull.sides.allSatisfy {
            $0.observations * observations + $0.tiles * tiles <= $0.limit
        }
    }

    @Test("a pair of counts is inside exactly where the rules allow it", arguments: 0..<200)
    func exact(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func number(_ most: Int) -> Double { Double(random.below(10 * most)) / 10 }
        let low = number(12)
        let counts = low...(low + number(6))
        let lowWork = number(300)
        let work = lowWork...(lowWork + number(120))
        let units = (1 + number(20), 1 + number(20))
        let capacity = number(500)
        let tiles = random.below(30)
        let hull = CountHull(
            observations: Self.band(counts), work: Self.band(work), capacity: capacity,
            observationWork: units.0, tileWork: units.1, tiles: tiles)
        var allowed = 0
        for observations in -1...25 {
            for tile in -1...(tiles + 1) {
                let sum = Double(observations) * units.0 + Double(tile) * units.1
                let isAllowed =
                    Double(observations) >= counts.lowerBound - 1e-6
                    && Double(observations) <= counts.upperBound + 1e-6 && observations >= 0
                    && (0...tiles).contains(tile) && sum >= work.lowerBound - 1e-6
                    && sum <= min(work.upperBound, capacity) + 1e-6
                if isAllowed { allowed += 1 }
                if let hull {
                    #expect(
                        Self.holds(hull, observations, tile) == isAllowed,
                        "\(observations) observations, \(tile) tiles")
                }
            }
        }
        #expect((hull == nil) == (allowed == 0))
    }

    @Test("where only one count of observations is allowed, the hull is the tiles with it")
    func oneCount() throws {
        let hull = try #require(
            CountHull(
                observations: Self.band(3.2...4.7), work: Self.band(55...75), capacity: 1000,
                observationWork: 10, tileWork: 10, tiles: 9))
        #expect(hull.sides.contains(CountHull.Side(observations: 1, tiles: 0, limit: 4)))
        #expect(hull.sides.contains(CountHull.Side(observations: -1, tiles: 0, limit: -4)))
        #expect(hull.sides.contains(CountHull.Side(observations: 0, tiles: 1, limit: 3)))
        #expect(hull.sides.contains(CountHull.Side(observations: 0, tiles: -1, limit: -2)))
    }

    @Test("of one limit alone the whole numbers within the sides are those that keep it")
    func oneLimit() throws {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<200 {
            let (observations, tiles) = (random.below(12), random.below(12))
            let (first, second) = (Double(random.below(9)) / 10, Double(random.below(9)) / 10)
            let limit = Double(random.below(60)) / 10
            func keeps(_ one: Int, _ other: Int) -> Bool {
                first * Double(one) + second * Double(other) <= HardLimit.most(limit)
            }
            let hull = try #require(
                CountHull(observations: observations, tiles: tiles, keeps: keeps))
            for one in 0...observations {
                for other in 0...tiles {
                    let isWithin = hull.sides.allSatisfy {
                        $0.observations * one + $0.tiles * other <= $0.limit
                    }
                    #expect(isWithin == keeps(one, other), "\(hull.sides) \(one) \(other)")
                }
            }
        }
        #expect(CountHull(observations: 3, tiles: 3) { _, _ in false } == nil)
    }
}
