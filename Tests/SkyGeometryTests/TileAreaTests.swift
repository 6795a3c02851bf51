import SkyGeometry
import Testing

@Suite("TileArea")
struct TileAreaTests {
    private let grid = RingGrid.mer

    private func fraction(
        _ cell: RingGrid.Cell, longitude: Double, latitude: Double, width: Double = 0.74,
        height: Double = 0.76
    ) -> Double {
        let area = TileArea(centre: grid.centre(cell), outer: grid.outerArea(cell))
        let field = ConvexPolygon.field(
            longitude: longitude, latitude: latitude, positionAngle: 0, width: width,
            height: height)
        return area.fractionCovered(
            by: field, fieldCentre: field.centre, fieldRadius: field.radius(around: field.centre))
    }

    /// The tile at RA 0 to 0.5 on the equator, whose outer area is a square of 32'.
    private let equator = RingGrid.Cell(ring: 180, place: 0)

    @Test("a field larger than the tile covers all of it")
    func larger() {
        #expect(abs(fraction(equator, longitude: 0.25, latitude: 0) - 1) < 1e-12)
        #expect(
            abs(fraction(equator, longitude: 0.3, latitude: 0.05, width: 5, height: 5) - 1) < 1e-12)
    }

    @Test("a field within the tile covers the ratio of the areas")
    func smaller() {
        let expected = (0.2 * 60 / 32) * (0.1 * 60 / 32)
        let found = fraction(equator, longitude: 0.25, latitude: 0, width: 0.2, height: 0.1)
        #expect(abs(found - expected) < 1e-5)
    }

    @Test("a field whose side runs through the centre covers half")
    func half() {
        // At the equator a side 0.37 degrees west of the field's centre is a meridian.
        #expect(abs(fraction(equator, longitude: 0.62, latitude: 0) - 0.5) < 1e-12)
    }

    @Test("a field over a corner covers a quarter")
    func quarter() {
        let found = fraction(equator, longitude: 0.62, latitude: 0.38)
        #expect(abs(found - 0.25) < 1e-4)
    }

    @Test("a field across RA 0 covers what it covers elsewhere", arguments: [359.9, 0.1, 359.65])
    func acrossZero(longitude: Double) {
        let here = fraction(equator, longitude: longitude, latitude: 0.1)
        let elsewhere = fraction(
            RingGrid.Cell(ring: 180, place: 20), longitude: longitude + 10, latitude: 0.1)
        #expect(here > 0.05)
        #expect(abs(here - elsewhere) < 1e-12)
    }

    @Test(
        "a field over a polar cap covers it, from whichever longitude", arguments: [0.0, 77, 200])
    func caps(longitude: Double) {
        let last = grid.ringCount - 1
        for (ring, latitude) in [(0, -90.0), (last, 90)] {
            let found = fraction(
                RingGrid.Cell(ring: ring, place: 0), longitude: longitude, latitude: latitude)
            #expect(abs(found - 1) < 1e-12)
        }
    }

    @Test("a field off the pole covers half the cap")
    func halfCap() {
        // Seen from the pole, the field at Dec 89.63 has its near side through the pole.
        let cap = RingGrid.Cell(ring: grid.ringCount - 1, place: 0)
        #expect(abs(fraction(cap, longitude: 0, latitude: 89.62) - 0.5) < 1e-4)
    }

    @Test(
        "a field elsewhere covers nothing, not even on the opposite side", arguments: [2.0, 180.25])
    func apart(longitude: Double) {
        #expect(fraction(equator, longitude: longitude, latitude: 0) == 0)
    }
}
