import Glibc

/// A tile's outer area, ready to be compared with many fields.
public struct TileArea: Sendable {
    public let centre: SkyPosition
    public let outer: ConvexPolygon
    private let vector: UnitVector
    private let reach: Double
    private let plane: TangentPlane
    private let window: PlanePolygon
    private let area: Double

    /// A tile by its centre and outer area, which must lie within 60 degrees of the centre.
    public init(centre: SkyPosition, outer: ConvexPolygon) {
        self.centre = centre
        self.outer = outer
        vector = centre.vector
        reach = outer.radius(around: vector)
        plane = TangentPlane(longitude: centre.ra, latitude: centre.dec)
        guard let window = PlanePolygon(outer, on: plane) else {
            preconditionFailure("an outer area reaches more than 60 degrees from its centre")
        }
        self.window = window
        area = abs(window.signedArea)
    }

    /// The part of the outer area that `field` covers, 0 to 1, in the gnomonic plane at the
    /// tile's centre.
    ///
    /// - Parameters:
    ///   - fieldCentre: a point of the field; `fieldRadius`: its largest distance to a corner,
    ///     degrees.  They only serve to leave far pairs out early.
    public func fractionCovered(
        by field: ConvexPolygon, fieldCentre: UnitVector, fieldRadius: Double
    ) -> Double {
        guard vector.dot(fieldCentre) > cos(radians(min(180, reach + fieldRadius))) else {
            return 0
        }
        guard let shape = PlanePolygon(field, on: plane), let common = shape.clipped(to: window)
        else { return 0 }
        return abs(common.signedArea) / area
    }
}
