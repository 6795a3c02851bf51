import CICal
import GroundSegment

/// A date or a date with time of a calendar.
struct CalendarTime {
    /// What the wall's clock shows, in seconds since 1970 as if it were UTC.
    var wall: Int
    let isDate: Bool
    /// UTC for dates and for times without a zone ("floating").
    let zone: CalendarZone

    /// The time moved by the wall's clock.
    func moved(by seconds: Int) -> CalendarTime {
        var moved = self
        moved.wall += seconds
        return moved
    }

    /// A time with the same kind and zone.
    func at(wall: Int) -> CalendarTime { moved(by: wall - self.wall) }

    var posixSeconds: Int { zone.posixSeconds(wall: wall) }

    /// The instant; one division, so that whole seconds are the nearest double.
    var instant: MJD { MJD((Double(posixSeconds) + 40587 * 86400) / 86400) }

    /// Midnight of the day that the wall's calendar shows.
    var day: Int { wall - ((wall % 86400) + 86400) % 86400 }

    /// Whether both name the same instant, or this one's date where `other` is a date.
    func matches(_ other: CalendarTime) -> Bool {
        other.isDate ? day == other.wall : posixSeconds == other.posixSeconds
    }

    /// `20270112`, `20270112T080000`, or with `Z` for UTC, as seconds as if it were UTC; `nil`
    /// where it is none of these or names no day or hour.
    static func wall(_ text: String) -> (seconds: Int, isDate: Bool, isUTC: Bool)? {
        var digits = text[...]
        let isUTC = digits.last == "Z"
        if isUTC { digits.removeLast() }
        let parts = digits.split(separator: "T", omittingEmptySubsequences: false)
        guard let date = numbers(parts[0], [4, 2, 2]), parts.count <= 2 else { return nil }
        guard (1970...2200).contains(date[0]), (1...12).contains(date[1]),
            (1...Int(icaltime_days_in_month(Int32(date[1]), Int32(date[0])))).contains(date[2])
        else { return nil }
        var time = icaltime_null_time()
        time.year = Int32(date[0])
        time.month = Int32(date[1])
        time.day = Int32(date[2])
        guard parts.count == 2 else { return isUTC ? nil : (icaltime_as_timet(time), true, false) }
        guard let clock = numbers(parts[1], [2, 2, 2]), clock[0] < 24, clock[1] < 60, clock[2] <= 60
        else { return nil }
        let seconds = clock[0] * 3600 + clock[1] * 60 + clock[2]
        return (icaltime_as_timet(time) + seconds, false, isUTC)
    }

    /// The numbers of `text` by their widths; `nil` where it is not exactly these digits.
    private static func numbers(_ text: Substring, _ widths: [Int]) -> [Int]? {
        guard text.utf8.count == widths.reduce(0, +),
            text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        var rest = text
        return widths.compactMap { width in
            defer { rest = rest.dropFirst(width) }
            return Int(rest.prefix(width))
        }
    }
}
