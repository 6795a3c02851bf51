import GroundSegment
import SkyGeometry

/// A box in right ascension and declination that holds a tile's inner area, for the index.
struct SkyBounds: Hashable {
    /// Western edge, 0..<360 degrees.
    let west: Double
    /// Eastern edge; beyond 360 where the box crosses RA 0.
    let east: Double
    let south: Double
    let north: Double

    init(_ core: TileCore) {
        switch core {
        case .box(let box):
            self.init(west: box.west, east: box.east, south: box.south, north: box.north)
        case .polygon(let polygon): self.init(polygon)
        }
    }

    private init(west: Double, east: Double, south: Double, north: Double) {
        self.west = west
        self.east = east
        self.south = south
        self.north = north
    }

    private init(_ polygon: ConvexPolygon) {
        let positions = polygon.corners.map(SkyPosition.init)
        let decs = positions.map(\.dec) + polygon.vertices.map(\.dec)
        // Room for the rounding of arc sines, which are steep near the poles.
        let room = 1e-6
        let pole = [90.0, -90.0].filter { polygon.contains(SkyPosition(ra: 0, dec: $0).vector) }
        south = max(-90, (decs + pole).min().map { $0 - room } ?? -90)
        north = min(90, (decs + pole).max().map { $0 + room } ?? 90)
        guard pole.isEmpty, let gap = Self.widestGap(positions.map(\.ra)), gap.width > 180 else {
            (west, east) = (0, 360)
            return
        }
        let start = normalisedLongitude(gap.end - room)
        (west, east) = (start, min(start + 360, start + 360 - gap.width + 2 * room))
    }

    /// The widest part of the circle without any of `longitudes`, and where it ends.
    private static func widestGap(_ longitudes: [Double]) -> (end: Double, width: Double)? {
        let sorted = longitudes.sorted()
        guard let first = sorted.first else { return nil }
        let next = sorted.dropFirst() + [first + 360]
        return zip(sorted, next).map { (end: $1, width: $1 - $0) }.max { $0.width < $1.width }
    }
}

extension ConvexPolygon {
    /// Where a side runs farther north or south than both of its corners: the point of its great
    /// circle that is nearest to a pole, where it lies between them.
    fileprivate var vertices: [SkyPosition] {
        corners.enumerated().flatMap { index, from -> [SkyPosition] in
            let to = corners[(index + 1) % corners.count]
            let normal = UnitVector(
                normalising: from.y * to.z - from.z * to.y, from.z * to.x - from.x * to.z,
                from.x * to.y - from.y * to.x)
            // The pole without its part along the normal.
            let (x, y, z) = (-normal.z * normal.x, -normal.z * normal.y, 1 - normal.z * normal.z)
            guard z > 1e-15 else { return [] }
            let north = UnitVector(normalising: x, y, z)
            let south = UnitVector(normalising: -x, -y, -z)
            let span = from.dot(to)
            return [north, south].filter { $0.dot(from) >= span && $0.dot(to) >= span }
                .map(SkyPosition.init)
        }
    }

    /// The corners' components x, y, z, one after the other.
    var flat: [Double] { corners.flatMap { [$0.x, $0.y, $0.z] } }

    /// The polygon of `flat`'s numbers; `nil` where they are fewer than three corners.
    init?(flat: [Double]) {
        guard flat.count >= 9, flat.count.isMultiple(of: 3) else { return nil }
        self.init(
            corners: stride(from: 0, to: flat.count, by: 3).map {
                UnitVector(normalising: flat[$0], flat[$0 + 1], flat[$0 + 2])
            })
    }
}

extension TileCore {
    /// The polygon of a core that is not a box.
    var polygon: ConvexPolygon? {
        if case .polygon(let polygon) = self { polygon } else { nil }
    }
}
