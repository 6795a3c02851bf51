import SkyGeometry
import Testing

@Suite("Angles")
struct AnglesTests {
    @Test(
        "a longitude comes into 0..<360",
        arguments: [
            (0.0, 0.0), (360, 0), (-10, 350), (720.5, 0.5), (-360, 0), (359.999, 359.999),
            (-1e-20, 0),
        ])
    func longitudes(angle: Double, expected: Double) {
        #expect(abs(normalisedLongitude(angle) - expected) < 1e-9)
        #expect(normalisedLongitude(angle) < 360)
    }
}
