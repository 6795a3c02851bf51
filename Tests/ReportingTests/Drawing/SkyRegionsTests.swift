import Testing

@testable import Reporting

@Suite("SkyRegions")
struct SkyRegionsTests {
    /// Points in a square of `side` points, two units apart.
    private func patch(x: Double, y: Double, side: Int) -> [(x: Double, y: Double)] {
        (0..<side * side).map { (x + 2 * Double($0 % side), y + 2 * Double($0 / side)) }
    }

    @Test("patches apart are regions, in reading order, and no point is lost")
    func apart() {
        let points = patch(x: 300, y: 400, side: 8) + patch(x: 100, y: 100, side: 5)
        let regions = SkyRegions(points, name: "N", scale: 4).regions
        #expect(regions.map(\.points.count) == [25, 64])
        #expect(regions.map(\.name) == ["N1", "N2"])
        #expect(regions.flatMap(\.points).sorted() == Array(points.indices))
    }

    @Test("a frame holds its points with room for a tile's half")
    func frame() {
        let frame = SkyRegions(patch(x: 100, y: 100, side: 5), name: "N", scale: 4)
            .regions[0].frame
        #expect(frame.left == 98.8 && frame.top == 98.8)
        #expect(frame.right == 109.2 && frame.bottom == 109.2)
    }

    @Test("groups whose frames would overlap are one region")
    func joined() {
        // An L around a small patch: their frames overlap, their points are far apart.
        let upright = (0..<30).map { (x: 100.0, y: 100 + 2 * Double($0)) }
        let across = (0..<30).map { (x: 100 + 2 * Double($0), y: 160.0) }
        let inside = patch(x: 140, y: 110, side: 3)
        let regions = SkyRegions(upright + across + inside, name: "S", scale: 4).regions
        #expect(regions.count == 1)
        #expect(regions[0].points.count == 69)
    }

    @Test("what is larger than a drawing is cut, and frames meet at most by a tile's width")
    func cut() {
        let points = patch(x: 20, y: 20, side: 196)
        let regions = SkyRegions(points, name: "N", scale: 4).regions
        #expect(regions.count == 16)
        #expect(regions.allSatisfy { $0.frame.width <= 100.1 && $0.frame.height <= 100.1 })
        #expect(regions.flatMap(\.points).sorted() == Array(points.indices))
        for (place, region) in regions.enumerated() {
            for other in regions[(place + 1)...] {
                var frame = region.frame
                frame.left += 2.5
                frame.right -= 2.5
                frame.top += 2.5
                frame.bottom -= 2.5
                #expect(!frame.overlaps(other.frame))
            }
        }
    }

    @Test("the scale is the largest at which there are few regions")
    func scale() {
        let small = patch(x: 100, y: 100, side: 5)
        #expect(SkyRegions.scale(for: [small, small]) == 8)
        // 120.4 units: sixteen parts at 8 pixels a unit, four at 6.5.
        let wide = patch(x: 100, y: 100, side: 60)
        #expect(SkyRegions.scale(for: [wide, wide]) == 6.5)
        let whole = patch(x: 20, y: 20, side: 250)
        #expect(SkyRegions.scale(for: [whole, whole]) == 4)
        #expect(SkyRegions.scale(for: [[], []]) == 8)
    }
}
