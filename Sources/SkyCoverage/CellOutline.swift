import Glibc

/// Where a cell lies on the sphere: its centre, its corners, and how far its sides bend.
struct CellOutline {
    let centre: SIMD3<Double>
    /// South, east, north, west: anticlockwise seen from inside the sphere.
    let corners: [SIMD3<Double>]
    /// An upper limit of the distance of the cell's points from the centre, in radians.
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
        let centre = point(0.5, 0.5)
        let corners = [point(0, 0), point(1, 0), point(1, 1), point(0, 1)]
        self.centre = centre
        self.corners = corners
        let nearest = corners.map { ($0 * centre).sum() }.min() ?? -1
        radius = acos(max(-1, min(1, nearest))) * 1.05 + 1e-12
        guard cell.order >= Self.smallEnough else {
            bend = .infinity
            return
        }
        let middles = [point(0.5, 0), point(1, 0.5), point(0.5, 1), point(0, 0.5)]
        var bend = 0.0
        for (index, middle) in middles.enumerated() {
            let normal = unitNormal(corners[index], corners[(index + 1) % 4])
            bend = max(bend, abs((normal * middle).sum()))
        }
        self.bend = 2 * bend + 1e-14
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
