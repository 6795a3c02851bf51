import Glibc
import SkyGeometry

/// A convex polygon of great circles, ready to be compared with cells.
struct PolygonPiece {
    private let centre: SIMD3<Double>
    /// The largest distance of a corner from the centre, in radians.
    private let radius: Double
    private let corners: [SIMD3<Double>]
    /// The sides' unit normals, towards the inside.
    private let normals: [SIMD3<Double>]

    init(_ polygon: ConvexPolygon) {
        func simd(_ vector: UnitVector) -> SIMD3<Double> { SIMD3(vector.x, vector.y, vector.z) }
        let centre = simd(polygon.centre)
        let corners = polygon.corners.map(simd)
        self.centre = centre
        self.corners = corners
        radius = polygon.radius(around: polygon.centre) * .pi / 180
        normals = corners.indices.compactMap { index in
            let normal = unitNormal(corners[index], corners[(index + 1) % corners.count])
            guard normal != .zero else { return nil }
            return (normal * centre).sum() < 0 ? -normal : normal
        }
    }

    /// How a cell lies to the polygon.
    ///
    /// Both are convex but for the bend of the cell's sides, so that they are apart exactly where
    /// a side of one has all corners of the other on its far side (separating axes).  What is
    /// closer than the bend counts as touching.
    func relation(to cell: CellOutline) -> CellRelation {
        let reach = radius + cell.radius
        if reach < .pi, (centre * cell.centre).sum() < cos(reach) { return .outside }
        guard cell.bend.isFinite else { return .touching }
        var inside = true
        for normal in normals {
            var lowest = Double.infinity
            var highest = -Double.infinity
            for corner in cell.corners {
                let height = (normal * corner).sum()
                lowest = min(lowest, height)
                highest = max(highest, height)
            }
            if highest < -cell.bend { return .outside }
            if lowest <= cell.bend { inside = false }
        }
        if inside { return .inside }
        return isBeyondSide(of: cell) ? .outside : .touching
    }

    private func isBeyondSide(of cell: CellOutline) -> Bool {
        for (index, from) in cell.corners.enumerated() {
            let normal = unitNormal(from, cell.corners[(index + 1) % 4])
            if corners.allSatisfy({ (normal * $0).sum() < -cell.bend }) { return true }
        }
        return false
    }
}
