import Testing

@testable import Reporting

@Suite("PathData")
struct PathDataTests {
    @Test("polygons are relative to the one before")
    func polygons() {
        var path = PathData()
        path.addPolygon([(10, 10), (20, 10), (20, 5)])
        path.addPolygon([(30, 0), (31, 0), (31, 1)])
        #expect(path.text == "m10 10h10v-5zm20-10h1v1z")
    }

    @Test("points that fall together count once, and less than three are no polygon")
    func degenerate() {
        var path = PathData()
        path.addPolygon([(0, 0), (0.2, 0), (10, 0)])
        #expect(path.text.isEmpty)
        path.addPolygon([(0, 0), (0.2, 0), (10, 0), (10, 10)])
        #expect(path.text == "m0 0h10v10z")
    }

    @Test("a polygon after a line starts from the line's end")
    func lines() {
        var path = PathData()
        path.addLine([(0, 0), (5, 5)])
        path.addPolygon([(6, 6), (7, 6), (7, 7)])
        #expect(path.text == "m0 0l5 5m1 1h1v1z")
    }
}
