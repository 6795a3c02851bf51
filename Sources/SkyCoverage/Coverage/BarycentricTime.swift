/// An instant as MOC 2.0 counts time: microseconds since Julian date 0 of barycentric coordinate
/// time (TCB).
public struct BarycentricTime: Hashable, Sendable, Comparable {
    /// The number of microseconds on the time axis of a coverage, 2^62: some 146,000 years.
    static let axisLength: UInt64 = 1 << 62

    /// Microseconds since JD 0 TCB.
    public let microseconds: UInt64

    /// An instant by its number, below 2^62.
    public init(microseconds: UInt64) {
        precondition(microseconds < Self.axisLength, "\(microseconds) us are beyond the time axis")
        self.microseconds = microseconds
    }

    /// The instant of a Modified Julian Date in UTC, at or after 0 (1858-11-17).
    ///
    /// A change of scale only: the time that light takes to the barycentre is not added, which
    /// for plans has no meaning.  Within 2 ms: TCB - TT is taken without its periodic terms (IAU
    /// 2006 resolution B3), and UTC before 1972 as if TAI - UTC had been 10 s.
    public init(utcMJD days: Double) {
        precondition(days >= 0 && days < 5e7, "MJD \(days) is outside what the time axis holds")
        let day = days.rounded(.down)
        let sinceMidnight = ((days - day) * Self.day).rounded()
        let midnight = (UInt64(day) * 2 + 4_800_001) * UInt64(Self.day / 2)
        microseconds = midnight + UInt64(sinceMidnight) + UInt64(Self.offset(utcMJD: days) * 1e6)
    }

    public static func < (left: BarycentricTime, right: BarycentricTime) -> Bool {
        left.microseconds < right.microseconds
    }

    private static let day = 86_400e6

    /// TCB - UTC in seconds.
    private static func offset(utcMJD days: Double) -> Double {
        let leaps = leapDays.count { Double($0) <= days }
        let terrestrial = 10 + Double(leaps) + 32.184
        // L_B and the epoch of 1977-01-01T00:00:32.184 TT, where TT, TCG and TCB agree.
        let elapsed = (days - 43_144) * 86_400 + terrestrial - 32.184
        return max(0, terrestrial + 1.550519768e-8 * elapsed)
    }

    /// The days, as MJD, from which TAI - UTC is one second more; 10 s from 1972-01-01
    /// (IERS Bulletin C 72, July 2026: no further one is announced).
    private static let leapDays = [
        41499, 41683, 42048, 42413, 42778, 43144, 43509, 43874, 44239, 44786, 45151, 45516,
        46247, 47161, 47892, 48257, 48804, 49169, 49534, 50083, 50630, 51179, 53736, 54832,
        56109, 57204, 57754,
    ]
}
