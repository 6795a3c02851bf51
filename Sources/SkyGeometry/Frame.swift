import Glibc

/// A celestial reference frame in which a survey gives its coordinates.
public enum Frame: String, Hashable, Sendable, CaseIterable {
    /// Right ascension and declination, ICRS.
    case icrs
    /// Ecliptic longitude and latitude of J2000, mean obliquity 23.4392911 degrees
    /// (IAU 1976; the frame of Euclid's reference survey definition).
    case ecliptic

    /// The mean obliquity of the ecliptic at J2000, in degrees.
    public static let obliquity = 23.4392911

    /// `direction`, given in this frame, in ICRS.
    ///
    /// The vector is rotated, never its angles, so poles and RA 0 need no special case.
    public func toICRS(_ direction: UnitVector) -> UnitVector {
        switch self {
        case .icrs: return direction
        case .ecliptic:
            let sine = sin(radians(Self.obliquity))
            let cosine = cos(radians(Self.obliquity))
            return UnitVector(
                x: direction.x, y: cosine * direction.y - sine * direction.z,
                z: sine * direction.y + cosine * direction.z)
        }
    }
}
