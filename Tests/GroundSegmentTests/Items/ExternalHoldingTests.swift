import GroundSegment
import SkyGeometry
import Testing

@Suite("SkyRegion")
struct SkyRegionTests {
    @Test(
        "a region holds its lower edges and not its upper ones, but the pole",
        arguments: [
            (10.0, -5.0, true), (20, 0, false), (15, 5, false), (9.999, 0, false),
            (15, 4.999, true),
        ])
    func edges(ra: Double, dec: Double, isInside: Bool) {
        let region = SkyRegion(ra: (10, 20), dec: (-5, 5))
        #expect(region.contains(SkyPosition(ra: ra, dec: dec)) == isInside)
    }

    @Test("the pole belongs to a region that reaches to +90")
    func pole() {
        #expect(SkyRegion(dec: (30, 90)).contains(SkyPosition(ra: 0, dec: 90)))
        #expect(!SkyRegion(dec: (30, 89)).contains(SkyPosition(ra: 0, dec: 89)))
    }

    @Test(
        "a region may cross RA 0", arguments: [(355.0, true), (5, true), (10, false), (180, false)])
    func acrossZero(ra: Double, isInside: Bool) {
        let region = SkyRegion(ra: (350, 10))
        #expect(region.contains(SkyPosition(ra: ra, dec: 0)) == isInside)
    }
}
