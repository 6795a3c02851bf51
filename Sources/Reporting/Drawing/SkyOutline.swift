import GroundSegment
import SkyGeometry

/// The outline of an area of the sky made of tiles' cores, cut at the map's seam.
struct SkyOutline {
    let projection: Mollweide
    /// From the projection's -2...2 and -1...1 to the drawing's coordinates.
    let place: (_ x: Double, _ y: Double) -> (x: Double, y: Double)

    /// One path for all of `cores`; neighbours on a ring are drawn as one.
    func path(of cores: [TileCore]) -> String {
        var path = PathData()
        for strip in strips(of: cores) { path.addPolygon(corners(of: strip)) }
        for core in cores {
            guard case .polygon(let polygon) = core else { continue }
            for piece in SeamCutter(projection: projection).pieces(of: polygon) {
                path.addPolygon(piece.map { point($0.longitude, $0.dec) })
            }
        }
        return path.text
    }

    /// By longitudes relative to the map's middle.
    private func strips(of cores: [TileCore]) -> [RingStrip] {
        RingStrip.merged(
            cores.flatMap { core -> [RingStrip] in
                guard case .box(let box) = core else { return [] }
                return strips(of: box)
            })
    }

    /// A box as one strip, or as two where the seam runs through it.
    private func strips(of box: SkyBox) -> [RingStrip] {
        let west = projection.longitude(box.west)
        let east = west + box.east - box.west
        func strip(_ west: Double, _ east: Double) -> RingStrip {
            RingStrip(south: box.south, north: box.north, west: west, east: east)
        }
        guard east > 180 + 1e-9 else { return [strip(west, min(east, 180))] }
        return [strip(west, 180), strip(-180, east - 360)]
    }

    /// Parallels are straight in this projection; meridians are followed in small steps.
    private func corners(of strip: RingStrip) -> [(x: Double, y: Double)] {
        let height = strip.north - strip.south
        let count = max(1, Int((height / SeamCutter.step).rounded(.up)))
        let rising = (0...count).map {
            strip.south + height * Double($0) / Double(count)
        }
        return rising.map { point(strip.east, $0) }
            + rising.reversed().map { point(strip.west, $0) }
    }

    private func point(_ longitude: Double, _ dec: Double) -> (x: Double, y: Double) {
        let flat = projection.point(longitude: longitude, dec: dec)
        return place(flat.x, flat.y)
    }
}
