import Glibc

/// A direction on the celestial sphere as a Cartesian vector of length one.
///
/// Components are along the frame's x axis (longitude 0), y axis (longitude 90 degrees) and
/// pole.
public struct UnitVector: Hashable, Sendable {
    public let x: Double
    public let y: Double
    public let z: Double

    /// The direction of (x, y, z), scaled to length one.
    public init(normalising x: Double, _ y: Double, _ z: Double) {
        let length = (x * x + y * y + z * z).squareRoot()
        self.init(x: x / length, y: y / length, z: z / length)
    }

    init(x: Double, y: Double, z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// The cosine of the angle between two directions.
    public func dot(_ other: UnitVector) -> Double {
        x * other.x + y * other.y + z * other.z
    }

    /// The angle between two directions, in degrees, accurate also for small angles.
    public func separation(from other: UnitVector) -> Double {
        let c = cross(other)
        let sine = (c.0 * c.0 + c.1 * c.1 + c.2 * c.2).squareRoot()
        return degrees(atan2(sine, dot(other)))
    }

    func cross(_ o: UnitVector) -> (Double, Double, Double) {
        (y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x)
    }

    /// The direction of the sum of `vectors`: their mean position on the sphere.
    ///
    /// `nil` where they cancel out or there are none.
    public static func mean(_ vectors: some Sequence<UnitVector>) -> UnitVector? {
        var sum = (0.0, 0.0, 0.0)
        for vector in vectors {
            sum.0 += vector.x
            sum.1 += vector.y
            sum.2 += vector.z
        }
        let length = (sum.0 * sum.0 + sum.1 * sum.1 + sum.2 * sum.2).squareRoot()
        guard length > 1e-12 else { return nil }
        return UnitVector(normalising: sum.0, sum.1, sum.2)
    }
}
