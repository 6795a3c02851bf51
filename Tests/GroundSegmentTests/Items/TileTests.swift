import GroundSegment
import SkyGeometry
import Testing

@Suite("TileCore")
struct TileCoreTests {
    @Test("a core of either form says what it owns")
    func contains() {
        let polygon = ConvexPolygon.field(
            longitude: 0, latitude: 0, positionAngle: 0, width: 1, height: 1)
        let box = SkyBox(west: 0, east: 0.5, south: -0.25, north: 0.25)
        let inside = SkyPosition(ra: 0.1, dec: 0.1)
        let outside = SkyPosition(ra: 2, dec: 0.1)
        for core in [TileCore.box(box), .polygon(polygon)] {
            #expect(core.contains(inside))
            #expect(!core.contains(outside))
        }
    }
}
