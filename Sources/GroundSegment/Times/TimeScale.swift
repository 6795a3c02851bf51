/// A scale on which instants are given.
public enum TimeScale: String, Hashable, Sendable, CaseIterable {
    /// Coordinated Universal Time.
    case utc
    /// International Atomic Time, ahead of UTC by a whole number of seconds since 1972.
    case tai
    /// Terrestrial Time, TAI + 32.184 s (IAU 1991 resolution A4).
    case tt
}

extension MJD {
    /// The instant that a Modified Julian Date on `scale` means, to the microsecond.
    ///
    /// An instant within a leap second counts as the one a second later, as in POSIX time.  `nil`
    /// for TAI and TT before 1972, when TAI - UTC was no whole number of seconds.
    public init?(_ days: Double, on scale: TimeScale) {
        let ahead: Double
        switch scale {
        case .utc:
            self.init(days)
            return
        case .tai: ahead = 0
        case .tt: ahead = 32.184
        }
        guard days.isFinite else { return nil }
        let day = days.rounded(.down)
        // A day's fraction has a resolution of 0.6 microseconds: seconds are those that were meant.
        let tai = ((days - day) * 86400 * 1e6).rounded() / 1e6 - ahead
        let step = Self.leapSeconds.last { first, offset in
            day - Double(first) >= 1 || (day - Double(first)) * 86400 + tai >= Double(offset)
        }
        guard let step else { return nil }
        self.init(day + ((tai - Double(step.seconds)) * 1e6).rounded() / 1e6 / 86400)
    }

    /// The MJD from which TAI - UTC is this many seconds (the leap seconds that the IERS announces
    /// in Bulletin C); the last is that of 2017-01-01.
    static let leapSeconds: [(from: Int, seconds: Int)] = [
        (41317, 10), (41499, 11), (41683, 12), (42048, 13), (42413, 14), (42778, 15), (43144, 16),
        (43509, 17), (43874, 18), (44239, 19), (44786, 20), (45151, 21), (45516, 22), (46247, 23),
        (47161, 24), (47892, 25), (48257, 26), (48804, 27), (49169, 28), (49534, 29), (50083, 30),
        (50630, 31), (51179, 32), (53736, 33), (54832, 34), (56109, 35), (57204, 36), (57754, 37),
    ]
}

/// The scale of a field of a survey's file, and what says so.
public struct StatedScale: Hashable, Sendable {
    /// `start` or `end`.
    public let field: String
    public let scale: TimeScale
    /// As it is told: `by default`, `as survey.scale says`.
    public let reason: String

    public init(field: String, scale: TimeScale, reason: String) {
        self.field = field
        self.scale = scale
        self.reason = reason
    }
}
