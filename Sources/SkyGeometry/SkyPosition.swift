import Glibc

/// A position on the sky by longitude and latitude, in degrees; ICRS unless said otherwise.
public struct SkyPosition: Hashable, Sendable {
    /// Right ascension, 0 (inclusive) to 360 (exclusive) degrees.
    public let ra: Double
    /// Declination, -90 to 90 degrees.
    public let dec: Double

    /// A position; `ra` is brought into 0..<360, `dec` must lie within -90...90.
    public init(ra: Double, dec: Double) {
        precondition(dec >= -90 && dec <= 90, "declination \(dec) is outside -90...90")
        self.ra = normalisedLongitude(ra)
        self.dec = dec
    }

    /// The position of a direction.
    public init(_ vector: UnitVector) {
        self.init(
            ra: degrees(atan2(vector.y, vector.x)),
            dec: degrees(asin(min(1, max(-1, vector.z)))))
    }

    /// The direction of this position.
    public var vector: UnitVector {
        let lon = radians(ra)
        let lat = radians(dec)
        return UnitVector(x: cos(lat) * cos(lon), y: cos(lat) * sin(lon), z: sin(lat))
    }
}
