import Testing

@testable import SkyGeometry

@Suite("TangentPlane")
struct TangentPlaneTests {
    @Test("the axes point east and north", arguments: [0.0, 123, 359.9])
    func axes(longitude: Double) throws {
        let plane = TangentPlane(longitude: longitude, latitude: 30)
        let east = try #require(plane.project(SkyPosition(ra: longitude + 0.1, dec: 30).vector))
        let north = try #require(plane.project(SkyPosition(ra: longitude, dec: 30.1).vector))
        #expect(east.x > 0 && abs(east.y) < 1e-5)
        #expect(north.y > 0 && abs(north.x) < 1e-12)
    }

    @Test("what lies more than 60 degrees away has no place")
    func limit() {
        let plane = TangentPlane(longitude: 0, latitude: 0)
        #expect(plane.project(SkyPosition(ra: 59.9, dec: 0).vector) != nil)
        #expect(plane.project(SkyPosition(ra: 60.1, dec: 0).vector) == nil)
        #expect(plane.project(SkyPosition(ra: 180, dec: 0).vector) == nil)
    }

    @Test("a rectangle's corners have its half sides as plane coordinates")
    func rectangle() throws {
        let plane = TangentPlane(longitude: 10, latitude: -80)
        let corners = try plane.rectangle(x: 0.01, y: 0.02, angle: 0)
            .map { try #require(plane.project($0)) }
        for (corner, signs) in zip(corners, [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)]) {
            #expect(abs(corner.x - 0.01 * signs.0) < 1e-14)
            #expect(abs(corner.y - 0.02 * signs.1) < 1e-14)
        }
    }
}
