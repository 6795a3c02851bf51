import SkyGeometry
import Testing

@Suite("UnitVector")
struct UnitVectorTests {
    private func direction(_ ra: Double, _ dec: Double) -> UnitVector {
        SkyPosition(ra: ra, dec: dec).vector
    }

    @Test(
        "the separation is right for small, right and straight angles",
        arguments: [
            (10.0, 0.0, 10.0, 1e-7, 1e-7), (0, 0, 90, 0, 90), (0, 0, 180, 0, 180),
            (359.5, 0, 0.5, 0, 1), (0, 89, 180, 89, 2), (45, 30, 45, 30, 0),
        ])
    func separation(ra: Double, dec: Double, ra2: Double, dec2: Double, expected: Double) {
        let found = direction(ra, dec).separation(from: direction(ra2, dec2))
        #expect(abs(found - expected) < 1e-12 + 1e-9 * expected)
    }

    @Test("a mean across RA 0 lies there, and not at 180")
    func meanAcrossZero() throws {
        let mean = try #require(UnitVector.mean([direction(359, 10), direction(1, 10)]))
        let offset = normalisedLongitude(SkyPosition(mean).ra + 180) - 180
        #expect(abs(offset) < 1e-9)
        #expect(SkyPosition(mean).dec > 10)
    }

    @Test("directions that cancel out, and none, have no mean")
    func noMean() {
        #expect(UnitVector.mean([direction(0, 0), direction(180, 0)]) == nil)
        #expect(UnitVector.mean([]) == nil)
    }

    @Test("a direction is scaled to length one")
    func normalised() {
        let vector = UnitVector(normalising: 3, 0, 4)
        #expect(abs(vector.x - 0.6) < 1e-15 && abs(vector.z - 0.8) < 1e-15)
    }
}
