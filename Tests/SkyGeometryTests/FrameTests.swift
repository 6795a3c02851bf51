import SkyGeometry
import Testing

@Suite("Frame")
struct FrameTests {
    @Test(
        "ecliptic directions come to their place in ICRS",
        arguments: [
            (0.0, 0.0, 0.0, 0.0), (90, 0, 90, 23.4392911), (180, 0, 180, 0),
            (270, 0, 270, -23.4392911), (0, 90, 270, 66.5607089), (0, -90, 90, -66.5607089),
        ])
    func ecliptic(longitude: Double, latitude: Double, ra: Double, dec: Double) {
        let found = Frame.ecliptic.toICRS(SkyPosition(ra: longitude, dec: latitude).vector)
        #expect(found.separation(from: SkyPosition(ra: ra, dec: dec).vector) < 1e-9)
    }

    @Test("ICRS directions stay")
    func icrs() {
        let direction = SkyPosition(ra: 12, dec: 34).vector
        #expect(Frame.icrs.toICRS(direction) == direction)
    }
}
