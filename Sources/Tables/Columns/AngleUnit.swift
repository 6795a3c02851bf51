/// A unit of angles, by the names that astropy, VOUnits 1.1 and FITS 4.0 have for it.
public enum AngleUnit: Hashable, Sendable, CaseIterable {
    case degree, radian, hour, arcminute, arcsecond, milliarcsecond

    /// What a fault says of the units that are read.
    public static let expectation = "deg, rad, hourangle, arcmin or arcsec (no unit is deg)"

    /// The unit of this name, for an angle; `nil` where there is none such.
    public init?(_ name: String) {
        switch name {
        case "deg", "degree", "degrees", "°": self = .degree
        case "rad", "radian", "radians": self = .radian
        case "hourangle", "h", "hr", "hour", "hours": self = .hour
        case "arcmin", "arcminute", "arcminutes", "′": self = .arcminute
        case "arcsec", "arcsecond", "arcseconds", "″": self = .arcsecond
        case "mas": self = .milliarcsecond
        default: return nil
        }
    }

    /// `value` of this unit in degrees.
    public func degrees(_ value: Double) -> Double {
        switch self {
        case .degree: value
        case .radian: value * 180 / .pi
        case .hour: value * 15
        case .arcminute: value / 60
        case .arcsecond: value / 3600
        case .milliarcsecond: value / 3_600_000
        }
    }
}
