import SkyGeometry

/// A convex polygon of great circles, ready to be compared with cells.
struct PolygonPiece {
    private let centre: SIMD3<Double>
    /// The largest distance of a corner from the centre, as a chord.
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
        radius = corners.map { Self.chord(from: $0, to: centre) }.max() ?? 0
        normals = corners.indices.compactMap { index in
            let normal = unitNormal(corners[index], corners[(index + 1) % corners.count])
            guard normal != .zero else { return nil }
            return (normal * centre).sum() < 0 ? -normal : normal
        }
    }

    private static func chord(from: SIMD3<Double>, to: SIMD3<Double>) -> Double {
        let difference = from - to
        return (difference * difference).sum().squareRoot()
    }

    /// How a cell lies to the polygon.
    ///
    /// Both are convex but for the bend of the cell's sides, so that they are apart exactly where
    /// a side of one has all corners of the other on its far side (separating axes).  What is
    /// closer than the bend counts as touching.
    func relation(to cell: CellOutline) -> CellRelation {
        if Self.chord(from: centre, to: cell.centre) > radius + cell.radius { return .outside }
        guard cell.bend.isFinite else { return .touching }
        var inside = true
        for normal in normals {
            let heights = cell.corners.dot(normal)
            if heights.max() < -cell.bend { return .outside }
            if heights.min() <= cell.bend { inside = false }
        }
        if inside { return .inside }
        var highest = SIMD4<Double>(repeating: -1)
        for corner in corners { highest = pointwiseMax(highest, cell.normals.dot(corner)) }
        return highest.min() < -cell.bend ? .outside : .touching
    }
}
