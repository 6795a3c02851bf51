import Glibc
import SkyGeometry

/// A point of the sky by face of the HEALPix tessellation and place in it.
///
/// In the HEALPix plane (Calabretta & Roukema 2007, MNRAS 381, 865), measured in units of 45
/// degrees, the faces are squares that stand on a corner; parallels are horizontal lines and
/// meridians are straight.
struct FacePoint {
    let face: Int
    /// From the southern corner to the north-east, 0 to 1.
    let u: Double
    /// From the southern corner to the north-west, 0 to 1.
    let v: Double

    init(face: Int, u: Double, v: Double) {
        self.face = face
        self.u = u
        self.v = v
    }

    /// Where `position` lies; of two faces that share it, one.
    init(_ position: SkyPosition) {
        let quarters = position.ra / 90
        let z = sin(position.dec * .pi / 180)
        if abs(z) <= 2.0 / 3 {
            let falling = 0.5 + quarters - 0.75 * z
            let rising = 0.5 + quarters + 0.75 * z
            let first = Int(falling)
            let second = Int(rising)
            self.init(
                face: first == second ? first & 3 | 4 : first < second ? first & 3 : second & 3 + 8,
                u: rising - Double(second), v: 1 - (falling - Double(first)))
        } else {
            let quarter = min(3, Int(quarters))
            let part = quarters - Double(quarter)
            let sigma = Self.sigma(dec: position.dec)
            if z > 0 {
                self.init(face: quarter, u: 1 - (1 - part) * sigma, v: 1 - part * sigma)
            } else {
                self.init(face: quarter + 8, u: part * sigma, v: (1 - part) * sigma)
            }
        }
    }

    /// The number of the cell of the finest order that holds the point.
    var number: UInt64 {
        let side = Double(1 << HEALPixCell.maximumOrder)
        let last = 1 << HEALPixCell.maximumOrder - 1
        return HEALPixCell(
            order: HEALPixCell.maximumOrder, face: face,
            x: max(0, min(last, Int(u * side))), y: max(0, min(last, Int(v * side)))
        ).range.lowerBound
    }

    /// The direction of the point as a unit vector.
    var vector: SIMD3<Double> {
        let centre = Self.centre(face: face)
        let height = centre.y + u + v - 1
        guard abs(height) > 1 else {
            return Self.vector(turns: centre.x + u - v, z: height * 2 / 3)
        }
        let sigma = 2 - abs(height)
        let turns = centre.x + (sigma > 0 ? (u - v) / sigma : 0)
        let z = 1 - sigma * sigma / 3
        let radius = sigma * ((1 + z) / 3).squareRoot()
        let angle = turns * .pi / 4
        return SIMD3(radius * cos(angle), radius * sin(angle), height > 0 ? z : -z)
    }

    private static func vector(turns: Double, z: Double) -> SIMD3<Double> {
        let radius = ((1 - z) * (1 + z)).squareRoot()
        let angle = turns * .pi / 4
        return SIMD3(radius * cos(angle), radius * sin(angle), z)
    }

    /// The centre of a face in the HEALPix plane, in units of 45 degrees.
    static func centre(face: Int) -> SIMD2<Double> {
        switch face {
        case 0..<4: SIMD2(Double(2 * face + 1), 1)
        case 4..<8: SIMD2(Double(2 * (face - 4)), 0)
        default: SIMD2(Double(2 * (face - 8) + 1), -1)
        }
    }

    /// The distance of a parallel beyond the latitude of sine 2/3 from its pole, in the HEALPix
    /// plane: sqrt(3 (1 - |sin dec|)), without the loss of figures near the pole.
    static func sigma(dec: Double) -> Double {
        6.0.squareRoot() * abs(sin((90 - abs(dec)) * .pi / 360))
    }

    /// The height of a parallel in the HEALPix plane, -2 to 2.
    static func height(dec: Double) -> Double {
        let z = sin(dec * .pi / 180)
        if abs(z) <= 2.0 / 3 { return 1.5 * z }
        return z > 0 ? 2 - sigma(dec: dec) : sigma(dec: dec) - 2
    }
}
