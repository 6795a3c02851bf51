import Testing

@testable import Reporting

@Suite("MapRegions")
struct MapRegionsTests {
    /// Points in a square of `side` points, five units apart.
    private func patch(x: Double, y: Double, side: Int) -> [(x: Double, y: Double)] {
        (0..<side * side).map { (x + 5 * Double($0 % side), y + 5 * Double($0 / side)) }
    }

    @Test("patches apart are regions, the largest first, and nothing is lost")
    func apart() {
        let points = patch(x: 100, y: 100, side: 5) + patch(x: 600, y: 300, side: 8)
        let result = MapRegions(points)
        #expect(result.regions.map(\.tiles.count) == [64, 25])
        #expect(result.regions.map(\.name) == ["A", "B"])
        #expect(result.others.isEmpty)
    }

    @Test("a frame holds its points in 4 by 3")
    func frame() {
        let frame = MapRegions(patch(x: 100, y: 100, side: 5)).regions[0].frame
        #expect(frame.x <= 96 && frame.x + frame.width >= 124)
        #expect(frame.y <= 96 && frame.y + frame.height >= 124)
        #expect(abs(frame.width / frame.height - 4.0 / 3) < 1e-9)
    }

    @Test("what is wide, or holds few tiles, is left to the map")
    func others() {
        let wide = (0..<100).map { (x: 10 * Double($0), y: 50.0) }
        let result = MapRegions(wide + [(x: 600, y: 500)])
        #expect(result.regions.isEmpty)
        #expect(result.others == Array(0...100))
    }
}
