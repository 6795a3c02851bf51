/// An instant as a Modified Julian Date, in days of UTC since 1858-11-17T00:00 (IAU 1997
/// resolution B1; leap seconds are not counted, as in POSIX time).
public struct MJD: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Days since 1858-11-17T00:00 UTC.
    public let days: Double

    public init(_ days: Double) {
        self.days = days
    }

    /// The POSIX epoch, 1970-01-01T00:00 UTC.
    private static let posixEpoch = 40587.0

    /// The instant `seconds` after 1970-01-01T00:00 UTC.
    public init(posixSeconds seconds: Double) {
        days = seconds / 86400 + Self.posixEpoch
    }

    /// Seconds since 1970-01-01T00:00 UTC.
    public var posixSeconds: Double { (days - Self.posixEpoch) * 86400 }

    public static func < (left: MJD, right: MJD) -> Bool { left.days < right.days }
    /// The instant `days` later.
    public static func + (start: MJD, days: Double) -> MJD { MJD(start.days + days) }
    /// The days from `right` to `left`.
    public static func - (left: MJD, right: MJD) -> Double { left.days - right.days }

    /// ISO 8601 in UTC to the second, `2027-01-04T12:00:00Z`.
    public var description: String { iso8601 }
}
