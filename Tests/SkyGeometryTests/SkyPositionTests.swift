import SkyGeometry
import Testing

@Suite("SkyPosition")
struct SkyPositionTests {
    @Test(
        "a position is that of its direction",
        arguments: [(0.0, 0.0), (359.9, -45), (180, 89.9), (90, -89.9), (267.38, 65.5)])
    func roundTrip(ra: Double, dec: Double) {
        let back = SkyPosition(SkyPosition(ra: ra, dec: dec).vector)
        #expect(abs(back.ra - ra) < 1e-9)
        #expect(abs(back.dec - dec) < 1e-9)
    }

    @Test("the axes are RA 0, RA 90 and the pole")
    func axes() {
        let pole = SkyPosition(ra: 123, dec: 90).vector
        #expect(SkyPosition(ra: 0, dec: 0).vector.x == 1)
        #expect(SkyPosition(ra: 90, dec: 0).vector.y == 1)
        #expect(pole.z == 1 && abs(pole.x) < 1e-15)
    }

    @Test("the right ascension is brought into range")
    func range() {
        #expect(SkyPosition(ra: -1, dec: 0).ra == 359)
        #expect(SkyPosition(ra: 360, dec: 0).ra == 0)
    }
}
