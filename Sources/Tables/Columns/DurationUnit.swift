/// A unit of durations, by the names that astropy, VOUnits 1.1 and FITS 4.0 have for it.
public enum DurationUnit: Hashable, Sendable, CaseIterable {
    case second, millisecond, microsecond, minute, hour, day, week

    /// What a fault says of the units that are read.
    public static let expectation = "s, min, h or d (no unit is s)"

    /// The unit of this name, for a duration; `nil` where there is none such.
    public init?(_ name: String) {
        switch name {
        case "s", "sec", "second", "seconds": self = .second
        case "ms", "millisecond": self = .millisecond
        case "us", "microsecond", "µs", "μs": self = .microsecond
        case "min", "minute", "minutes": self = .minute
        case "h", "hr", "hour", "hours": self = .hour
        case "d", "day", "days": self = .day
        case "wk", "week": self = .week
        default: return nil
        }
    }

    /// `value` of this unit in seconds.
    public func seconds(_ value: Double) -> Double {
        switch self {
        case .second: value
        case .millisecond: value / 1000
        case .microsecond: value / 1_000_000
        case .minute: value * 60
        case .hour: value * 3600
        case .day: value * 86400
        case .week: value * 604_800
        }
    }
}
