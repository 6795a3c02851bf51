import Glibc
import SkyGeometry

/// The part of a box in right ascension and declination that lies in one HEALPix face.
///
/// Parallels and meridians are straight in the HEALPix plane, so that the part is a convex
/// polygon of at most four sides there, and its comparison with a cell is exact but for rounding.
struct BoxPiece {
    private let face: Int
    /// Along each side a u + b v + c = 0, positive within, with a^2 + b^2 = 1.
    private let a: SIMD4<Double>
    private let b: SIMD4<Double>
    private let c: SIMD4<Double>
    private let middle: SIMD2<Double>
    private let reach: SIMD2<Double>

    /// What rounding may move a side by, in sides of a face.
    private static let tolerance = 1e-12

    /// A polygon of four corners in the HEALPix plane, anticlockwise; two may coincide.  `nil`
    /// where it does not reach the face, which is moved by `shift` units of 45 degrees.
    private init?(_ corners: [SIMD2<Double>], face: Int, shift: Double) {
        let centre = FacePoint.centre(face: face)
        let points = corners.map { corner -> SIMD2<Double> in
            let x = corner.x - centre.x - shift
            let y = corner.y - centre.y
            return SIMD2((x + y + 1) / 2, (y - x + 1) / 2)
        }
        let low = points.reduce(points[0]) { pointwiseMin($0, $1) }
        let high = points.reduce(points[0]) { pointwiseMax($0, $1) }
        guard high.min() > -Self.tolerance, low.max() < 1 + Self.tolerance else { return nil }
        self.face = face
        middle = (low + high) / 2
        reach = (high - low) / 2
        var sides = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>(repeating: 1))
        for (index, from) in points.enumerated() {
            let along = points[(index + 1) % 4] - from
            let length = (along * along).sum().squareRoot()
            guard length > Self.tolerance else { continue }
            sides.0[index] = -along.y / length
            sides.1[index] = along.x / length
            sides.2[index] = (along.y * from.x - along.x * from.y) / length
        }
        (a, b, c) = sides
    }

    /// The parts of `box`, in all faces that it reaches.
    static func pieces(of box: SkyBox) -> [BoxPiece] {
        let (west, east) = (box.west / 45, box.east / 45)
        let south = FacePoint.height(dec: box.south)
        let north = FacePoint.height(dec: box.north)
        var pieces: [BoxPiece] = []
        if south <= 1, north >= -1 {
            let (low, high) = (max(-1, south), min(1, north))
            let corners = [
                SIMD2(west, low), SIMD2(east, low), SIMD2(east, high), SIMD2(west, high),
            ]
            for face in 0..<12 {
                for shift in [0.0, 8] {
                    if let piece = BoxPiece(corners, face: face, shift: shift) {
                        pieces.append(piece)
                    }
                }
            }
        }
        for quarter in 0..<4 {
            let first = max(west, Double(2 * quarter))
            let last = min(east, Double(2 * quarter + 2))
            guard first <= last else { continue }
            pieces += polar(quarter, from: first, to: last, low: south, high: north)
        }
        return pieces
    }

    private static func polar(
        _ quarter: Int, from first: Double, to last: Double, low: Double, high: Double
    ) -> [BoxPiece] {
        let centre = Double(2 * quarter + 1)
        func corner(_ x: Double, _ height: Double) -> SIMD2<Double> {
            SIMD2(centre + (x - centre) * (2 - abs(height)), height)
        }
        return [(quarter, max(1, low), high), (quarter + 8, low, min(-1, high))]
            .compactMap { face, low, high in
                guard low <= high else { return nil }
                let corners = [
                    corner(first, low), corner(last, low), corner(last, high), corner(first, high),
                ]
                return BoxPiece(corners, face: face, shift: 0)
            }
    }

    /// How `cell` lies to this part.
    func relation(to cell: HEALPixCell) -> CellRelation {
        guard cell.face == face else { return .outside }
        let half = cell.side / 2
        let centre = (SIMD2(Double(cell.x), Double(cell.y)) + 0.5) * cell.side
        let gap = SIMD2(abs(centre.x - middle.x), abs(centre.y - middle.y)) - reach
        guard gap.max() <= half + Self.tolerance else { return .outside }
        let distance = a * centre.x + b * centre.y + c
        let spread = (Self.magnitude(a) + Self.magnitude(b)) * half
        if (distance + spread).min() < -Self.tolerance { return .outside }
        return (distance - spread).min() >= 0 ? .inside : .touching
    }

    private static func magnitude(_ value: SIMD4<Double>) -> SIMD4<Double> {
        pointwiseMax(value, -value)
    }
}
