/// Where a cell lies on the sphere: its centre, its corners, and how far its sides bend.
struct CellOutline {
    /// Four vectors, side by side.
    struct Vectors {
        let x: SIMD4<Double>
        let y: SIMD4<Double>
        let z: SIMD4<Double>

        init(
            _ first: SIMD3<Double>, _ second: SIMD3<Double>, _ third: SIMD3<Double>,
            _ fourth: SIMD3<Double>
        ) {
            x = SIMD4(first.x, second.x, third.x, fourth.x)
            y = SIMD4(first.y, second.y, third.y, fourth.y)
            z = SIMD4(first.z, second.z, third.z, fourth.z)
        }

        func dot(_ vector: SIMD3<Double>) -> SIMD4<Double> {
            x * vector.x + y * vector.y + z * vector.z
        }
    }

    let centre: SIMD3<Double>
    /// South, east, north, west: anticlockwise seen from inside the sphere.
    let corners: Vectors
    /// The unit normals of the great circles through the ends of the sides, towards the inside.
    let normals: Vectors
    /// An upper limit of the distance of the cell's points from the centre, as a chord.
    let radius: Double
    /// An upper limit of the distance of a side from the great circle through its ends, in
    /// radians; infinite for cells so large that no limit is worked out.
    let bend: Double

    /// From this order on the middle of a side is where it is farthest from its great circle,
    /// to within the factor 2 that `bend` allows.
    private static let smallEnough = 3

    init(_ cell: HEALPixCell) {
        let side = cell.side
        let (u, v) = (Double(cell.x) * side, Double(cell.y) * side)
        func point(_ x: Double, _ y: Double) -> SIMD3<Double> {
            FacePoint(face: cell.face, u: u + x * side, v: v + y * side).vector
        }
        let (south, east, north, west) = (point(0, 0), point(1, 0), point(1, 1), point(0, 1))
        let normals = Vectors(
            unitNormal(south, east), unitNormal(east, north), unitNormal(north, west),
            unitNormal(west, south))
        centre = point(0.5, 0.5)
        corners = Vectors(south, east, north, west)
        self.normals = normals
        let nearest = corners.dot(centre).min()
        radius = max(0, 2 - 2 * nearest).squareRoot() * 1.05 + 1e-12
        guard cell.order >= Self.smallEnough else {
            bend = .infinity
            return
        }
        let middles = Vectors(point(0.5, 0), point(1, 0.5), point(0.5, 1), point(0, 0.5))
        let bends = normals.x * middles.x + normals.y * middles.y + normals.z * middles.z
        bend = 2 * max(bends.max(), -bends.min()) + 1e-14
    }
}

/// The unit vector normal to the great circle from `from` to `to`, to its left seen from
/// inside the sphere; zero where they coincide.
func unitNormal(_ from: SIMD3<Double>, _ to: SIMD3<Double>) -> SIMD3<Double> {
    let cross = SIMD3(
        from.y * to.z - from.z * to.y, from.z * to.x - from.x * to.z,
        from.x * to.y - from.y * to.x)
    let length = (cross * cross).sum().squareRoot()
    return length > 0 ? cross / length : .zero
}
