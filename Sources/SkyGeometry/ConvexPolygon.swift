import Glibc

/// A convex polygon on the sphere, its corners joined by great circles, smaller than a
/// hemisphere.
public struct ConvexPolygon: Hashable, Sendable {
    /// The corners in ICRS, in order around the polygon (either sense).
    public let corners: [UnitVector]

    /// A polygon of at least three corners, in order.
    public init(corners: [UnitVector]) {
        precondition(corners.count >= 3, "a polygon needs three corners")
        self.corners = corners
    }

    /// The footprint of a rectangular field: `width` x `height` degrees in the tangent plane at
    /// (`longitude`, `latitude`), turned by the position angle.
    ///
    /// With e and n the unit vectors to the east and north in `frame`, height runs along
    /// cos(pa) n + sin(pa) e and width along cos(pa) e - sin(pa) n.
    ///
    /// - Parameter positionAngle: degrees from north to east.
    public static func field(
        longitude: Double, latitude: Double, positionAngle: Double, width: Double, height: Double,
        frame: Frame = .icrs
    ) -> ConvexPolygon {
        let plane = TangentPlane(longitude: longitude, latitude: latitude)
        let corners = plane.rectangle(
            x: tan(radians(width / 2)), y: tan(radians(height / 2)), angle: positionAngle)
        return ConvexPolygon(corners: corners.map(frame.toICRS))
    }

    /// The mean direction of the corners.
    public var centre: UnitVector {
        UnitVector.mean(corners) ?? corners[0]
    }

    /// The largest distance of a corner from `point`, in degrees.
    public func radius(around point: UnitVector) -> Double {
        corners.map { $0.separation(from: point) }.max() ?? 0
    }

    /// Whether `point` lies in the polygon; its boundary counts.
    public func contains(_ point: UnitVector) -> Bool {
        guard point.dot(centre) > 0 else { return false }
        var sign = 0.0
        for (index, corner) in corners.enumerated() {
            let normal = corner.cross(corners[(index + 1) % corners.count])
            let side = normal.0 * point.x + normal.1 * point.y + normal.2 * point.z
            if abs(side) < 1e-15 { continue }
            if sign == 0 { sign = side } else if sign * side < 0 { return false }
        }
        return true
    }
}
