import SkyGeometry
import Testing

@Suite("ConvexPolygon")
struct ConvexPolygonTests {
    private func field(
        _ longitude: Double, _ latitude: Double, angle: Double = 0, width: Double = 0.74,
        height: Double = 0.76
    ) -> ConvexPolygon {
        .field(
            longitude: longitude, latitude: latitude, positionAngle: angle, width: width,
            height: height)
    }

    private func direction(_ ra: Double, _ dec: Double) -> UnitVector {
        SkyPosition(ra: ra, dec: dec).vector
    }

    @Test(
        "a field at the equator holds what lies within half its sides",
        arguments: [
            (0.0, 0.0, true), (0.36, 0.37, true), (359.64, -0.37, true), (0.38, 0, false),
            (0, 0.39, false), (180, 0, false),
        ])
    func contains(ra: Double, dec: Double, isInside: Bool) {
        #expect(field(0, 0).contains(direction(ra, dec)) == isInside)
    }

    @Test("the boundary belongs to it")
    func boundary() {
        let polygon = field(30, 40)
        for corner in polygon.corners { #expect(polygon.contains(corner)) }
    }

    @Test("either sense of the corners gives the same area")
    func sense() {
        let polygon = field(30, 40)
        let reversed = ConvexPolygon(corners: polygon.corners.reversed())
        #expect(reversed.contains(direction(30.2, 40.2)))
        #expect(!reversed.contains(direction(31, 40)))
    }

    @Test("a field over a pole holds it and reaches as far on every side", arguments: [90.0, -90])
    func pole(latitude: Double) {
        let polygon = field(77, latitude)
        for ra in stride(from: 0.0, to: 360, by: 30) {
            #expect(polygon.contains(direction(ra, latitude * 0.996)))
            #expect(!polygon.contains(direction(ra, latitude * 0.994)))
        }
    }

    @Test("height runs along the position angle, from north to east")
    func positionAngle() {
        let polygon = field(0, 0, angle: 45, width: 0.2, height: 1)
        #expect(polygon.contains(direction(0.3, 0.3)))
        #expect(polygon.contains(direction(359.7, -0.3)))
        #expect(!polygon.contains(direction(359.7, 0.3)))
    }

    @Test("an ecliptic field is turned with its frame")
    func ecliptic() {
        let polygon = ConvexPolygon.field(
            longitude: 0, latitude: 90, positionAngle: 0, width: 0.74, height: 0.76,
            frame: .ecliptic)
        #expect(polygon.centre.separation(from: direction(270, 66.5607089)) < 1e-9)
    }

    @Test("the radius is the distance to the farthest corner")
    func radius() {
        let polygon = field(120, -30, width: 0.6, height: 0.8)
        #expect(abs(polygon.radius(around: direction(120, -30)) - 0.5) < 1e-5)
    }
}
