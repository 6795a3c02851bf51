import Testing

@testable import SkyGeometry

@Suite("PlanePolygon")
struct PlanePolygonTests {
    /// A rectangle of the plane at RA 0, Dec 0.
    private func rectangle(
        _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, isReversed: Bool = false
    ) throws -> PlanePolygon {
        let points = [
            (x.lowerBound, y.lowerBound), (x.upperBound, y.lowerBound),
            (x.upperBound, y.upperBound), (x.lowerBound, y.upperBound),
        ]
        let corners = points.map { UnitVector(normalising: 1, $0.0, $0.1) }
        return try #require(
            PlanePolygon(
                ConvexPolygon(corners: isReversed ? corners.reversed() : corners),
                on: TangentPlane(longitude: 0, latitude: 0)))
    }

    @Test("the area's sign is the sense of the corners")
    func area() throws {
        #expect(abs(try rectangle(0...0.2, 0...0.1).signedArea - 0.02) < 1e-15)
        #expect(abs(try rectangle(0...0.2, 0...0.1, isReversed: true).signedArea + 0.02) < 1e-15)
    }

    @Test("what two rectangles share has the area counted by hand", arguments: [false, true])
    func clipped(isReversed: Bool) throws {
        let window = try rectangle(0...0.2, 0...0.2, isReversed: isReversed)
        let cases: [(ClosedRange<Double>, ClosedRange<Double>, Double)] = [
            (0.1...0.3, 0.1...0.3, 0.01), (0.05...0.1, 0.05...0.1, 0.0025),
            (-0.1...0.3, -0.1...0.3, 0.04), (-0.1...0.3, 0.15...0.5, 0.01),
        ]
        for (x, y, expected) in cases {
            let common = try #require(try rectangle(x, y).clipped(to: window))
            #expect(abs(abs(common.signedArea) - expected) < 1e-15)
        }
    }

    @Test("nothing is left of a polygon elsewhere")
    func apart() throws {
        let window = try rectangle(0...0.2, 0...0.2)
        #expect(try rectangle(0.3...0.4, 0...0.2).clipped(to: window) == nil)
    }

    @Test("a corner beyond the plane leaves no polygon")
    func beyond() {
        let corners = [(0.0, 0.0), (70, 0), (0, 10)].map { SkyPosition(ra: $0, dec: $1).vector }
        let plane = TangentPlane(longitude: 0, latitude: 0)
        #expect(PlanePolygon(ConvexPolygon(corners: corners), on: plane) == nil)
    }
}
