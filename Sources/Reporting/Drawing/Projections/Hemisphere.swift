import Glibc
import GroundSegment
import SkyGeometry

/// A celestial hemisphere around its pole in the zenithal equal-area projection, seen from inside
/// the sphere.
///
/// Lambert 1772; Calabretta & Greisen 2002, A&A 395, 1077, section 5.1.7.
enum Hemisphere: String, CaseIterable {
    case north, south

    /// The drawing's side, and the equator's radius in it.
    static let side = 540.0
    static let radius = 236.0
    /// The paths' units in one unit of the drawing.
    static let fineness = 10.0
    /// Units of the drawing in a degree of the sky at the pole.
    static let unitsPerDegree = radius * 2.0.squareRoot() * .pi / 360

    /// Whether a position lies in it; the equator belongs to the north.
    func contains(_ position: SkyPosition) -> Bool { (position.dec >= 0) == (self == .north) }

    /// Where a position lies: the pole in the middle, RA 0 below it.
    func point(_ ra: Double, _ dec: Double) -> (x: Double, y: Double) {
        let sign: Double = self == .north ? 1 : -1
        let distance = (90 - sign * dec) * .pi / 180
        let r = 2 * sin(distance / 2) / 2.0.squareRoot() * Self.radius
        let angle = ra * .pi / 180
        return (Self.side / 2 + sign * r * sin(angle), Self.side / 2 + r * cos(angle))
    }

    func point(_ position: SkyPosition) -> (x: Double, y: Double) {
        point(position.ra, position.dec)
    }

    /// One path for all of `cores` in fine units; neighbours on a ring are drawn as one.
    func path(of cores: [TileCore]) -> String {
        var path = PathData()
        let strips = cores.compactMap { core -> RingStrip? in
            guard case .box(let box) = core else { return nil }
            return RingStrip(south: box.south, north: box.north, west: box.west, east: box.east)
        }
        for strip in RingStrip.merged(strips) { path.addPolygon(outline(strip)) }
        for core in cores {
            guard case .polygon(let polygon) = core else { continue }
            path.addPolygon(polygon.corners.map { fine(SkyPosition($0)) })
        }
        return path.text
    }

    private func fine(_ position: SkyPosition) -> (x: Double, y: Double) {
        let (x, y) = point(position)
        return (x * Self.fineness, y * Self.fineness)
    }

    /// Parallels are followed in steps of at most five degrees; meridians are straight.
    private func outline(_ strip: RingStrip) -> [(x: Double, y: Double)] {
        let count = max(1, Int(((strip.east - strip.west) / 5).rounded(.up)))
        let along = (0...count).map {
            strip.west + (strip.east - strip.west) * Double($0) / Double(count)
        }
        return along.map { fine(SkyPosition(ra: $0, dec: strip.south)) }
            + along.reversed().map { fine(SkyPosition(ra: $0, dec: strip.north)) }
    }
}
